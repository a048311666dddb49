// What the yardsticks share: librdkafka's settings, a clock, and the loop that reads two topics.
#pragma once
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <librdkafka/rdkafka.h>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

[[noreturn]] inline void fail(const std::string &words) {
  fprintf(stderr, "%s\n", words.c_str());
  _exit(1);
}

inline double now() {
  using namespace std::chrono;
  return duration<double>(steady_clock::now().time_since_epoch()).count();
}

// Settings come from the environment as they do in Cordon: CORDON_KAFKA_FETCH_MIN_BYTES=1.
inline rd_kafka_t *client(rd_kafka_type_t kind, const std::string &servers,
                          std::initializer_list<std::pair<const char *, std::string>> settings) {
  extern char **environ;
  char error[512];
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  auto set = [&](const std::string &name, const std::string &value) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), error, sizeof error) != RD_KAFKA_CONF_OK)
      fail(error);
  };
  set("bootstrap.servers", servers);
  set("log_level", "3");
  for (auto &[name, value] : settings) set(name, value);
  const std::string prefix = "CORDON_KAFKA_";
  for (char **entry = environ; *entry; entry++) {
    std::string text = *entry;
    size_t equals = text.find('=');
    if (text.compare(0, prefix.size(), prefix) != 0 || equals == std::string::npos) continue;
    std::string name = text.substr(prefix.size(), equals - prefix.size());
    if (name == "BOOTSTRAP_SERVERS") continue;
    for (char &c : name) c = c == '_' ? '.' : (char)tolower(c);
    set(name, text.substr(equals + 1));
  }
  rd_kafka_t *made = rd_kafka_new(kind, conf, error, sizeof error);
  if (!made) fail(error);
  return made;
}

inline rd_kafka_t *consumer(const std::string &servers, const std::vector<std::string> &topics) {
  rd_kafka_t *made = client(RD_KAFKA_CONSUMER, servers,
                            {{"group.id", "yardstick-" + std::to_string(getpid()) + "-" + std::to_string((long)(now() * 1e6))},
                             {"auto.offset.reset", "earliest"},
                             {"enable.auto.commit", "false"},
                             {"enable.auto.offset.store", "false"},
                             {"fetch.message.max.bytes", "4194304"},
                             {"queued.min.messages", "200000"},
                             {"queued.max.messages.kbytes", "131072"},
                             {"fetch.wait.max.ms", "50"}});
  rd_kafka_poll_set_consumer(made);
  auto *list = rd_kafka_topic_partition_list_new((int)topics.size());
  for (auto &topic : topics) rd_kafka_topic_partition_list_add(list, topic.c_str(), -1);
  if (rd_kafka_resp_err_t code = rd_kafka_subscribe(made, list)) fail(rd_kafka_err2str(code));
  rd_kafka_topic_partition_list_destroy(list);
  return made;
}

// Calls take(message) for so many records, and pause() between two batches.
template <class Take, class Pause>
double consume(rd_kafka_t *from, long wanted, Take take, Pause pause) {
  rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(from);
  std::vector<rd_kafka_message_t *> batch(10000);
  long read = 0;
  double first = 0, last = now();
  while (read < wanted) {
    ssize_t count = rd_kafka_consume_batch_queue(queue, 100, batch.data(), batch.size());
    if (count > 0 && read == 0) first = now();
    for (ssize_t i = 0; i < count; i++) {
      if (batch[i]->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        read++;
        take(batch[i]);
      }
      rd_kafka_message_destroy(batch[i]);
    }
    if (count > 0) last = now();
    if (now() - last > 60) fail("nothing came for a minute, after " + std::to_string(read) + " records");
    pause();
  }
  rd_kafka_queue_destroy(queue);
  return first;
}
