#pragma once
// What Swift cannot call by itself: variadic C, macros, and threads, whose types differ by system.
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Sends one record; the bytes are copied. On success librdkafka owns the headers, else the caller.
static inline rd_kafka_resp_err_t cordon_produce(
    rd_kafka_t *client, rd_kafka_topic_t *topic, int32_t partition, const void *key,
    size_t key_size, const void *value, size_t value_size, rd_kafka_headers_t *headers,
    void *opaque) {
  if (headers == NULL) {
    // The plain call is the cheaper one.
    if (rd_kafka_produce(topic, partition, RD_KAFKA_MSG_F_COPY, (void *)value, value_size, key,
                         key_size, opaque) == 0)
      return RD_KAFKA_RESP_ERR_NO_ERROR;
    return rd_kafka_last_error();
  }
  return rd_kafka_producev(client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(partition),
                           RD_KAFKA_V_KEY(key, key_size), RD_KAFKA_V_VALUE(value, value_size),
                           RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(opaque),
                           RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
}

// Lets memory grow in large steps and keeps more of what was freed; pages that are not touched take
// up addresses only. By default the memory of every thread but the first grows page by page, each
// with a system call, and large pieces come and go with two more.
static inline void cordon_widen_allocation(void) {
#ifdef __GLIBC__
  // The largest that glibc takes: a heap of a thread has 64 MiB.
  mallopt(M_TOP_PAD, 64 << 20);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

typedef struct {
  void (*body)(void *);
  void *argument;
} cordon_thread_start_t;

static inline void *cordon_thread_main(void *raw) {
  cordon_thread_start_t start = *(cordon_thread_start_t *)raw;
  free(raw);
  start.body(start.argument);
  return NULL;
}

// Runs body(argument) on a detached thread of its own; returns 0, or the errno of the failure.
static inline int cordon_thread_run(void (*body)(void *), void *argument) {
  cordon_thread_start_t *start = (cordon_thread_start_t *)malloc(sizeof *start);
  if (start == NULL) return 12;
  start->body = body;
  start->argument = argument;
  pthread_t thread;
  int failed = pthread_create(&thread, NULL, cordon_thread_main, start);
  if (failed != 0) {
    free(start);
    return failed;
  }
  return pthread_detach(thread);
}
