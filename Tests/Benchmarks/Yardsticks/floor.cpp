// floor BROKERS RECORDS TOPIC... : reads the topics and counts bytes, nothing else. No program that
// reads them through librdkafka is faster.
#include "kafka.hpp"

int main(int argc, char **argv) {
  if (argc < 4) fail("usage: floor BROKERS RECORDS TOPIC...");
  long wanted = atol(argv[2]), bytes = 0;
  rd_kafka_t *from = consumer(argv[1], std::vector<std::string>(argv + 3, argv + argc));
  double first = consume(from, wanted, [&](rd_kafka_message_t *m) { bytes += (long)m->len; }, [] {});
  printf("{\"records\":%ld,\"bytes\":%ld,\"seconds\":%.6f}\n", wanted, bytes, now() - first);
  fflush(stdout);
  rd_kafka_consumer_close(from);
  _exit(0);
}
