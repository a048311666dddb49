// load BROKERS TOPIC FILE PARTITIONS : sends the lines of a file round robin, without looking into
// them: the yardstick for cordon-ingest load.
#include "kafka.hpp"
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

int main(int argc, char **argv) {
  if (argc != 5) fail("usage: load BROKERS TOPIC FILE PARTITIONS");
  int partitions = atoi(argv[4]), file = open(argv[3], O_RDONLY);
  struct stat info;
  if (file < 0 || fstat(file, &info) != 0) fail(std::string("cannot read ") + argv[3]);
  auto *text = (const char *)mmap(nullptr, info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  double begin = now();
  rd_kafka_t *to = client(RD_KAFKA_PRODUCER, argv[1],
                          {{"acks", "all"},
                           {"linger.ms", "20"},
                           {"compression.type", "lz4"},
                           {"batch.num.messages", "10000"},
                           {"queue.buffering.max.messages", "500000"},
                           {"delivery.report.only.error", "true"}});
  rd_kafka_topic_t *topic = rd_kafka_topic_new(to, argv[2], nullptr);
  long sent = 0;
  for (const char *line = text, *end = text + info.st_size; line < end; sent++) {
    auto *stop = (const char *)memchr(line, '\n', end - line);
    if (!stop) stop = end;
    while (rd_kafka_produce(topic, (int32_t)(sent % partitions), RD_KAFKA_MSG_F_COPY, (void *)line,
                            stop - line, nullptr, 0, nullptr) != 0) {
      if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
        fail(rd_kafka_err2str(rd_kafka_last_error()));
      rd_kafka_poll(to, 10);
    }
    line = stop + 1;
  }
  while (rd_kafka_outq_len(to) > 0) rd_kafka_poll(to, 10);
  printf("{\"records\":%ld,\"bytes\":%ld,\"seconds\":%.6f}\n", sent, (long)info.st_size, now() - begin);
  fflush(stdout);
  _exit(0);
}
