// job BROKERS PREFIX RECORDS : the simplest fast program for screening's job, in C++ with simdjson.
//
// Reads both input topics, matches ids, codes and names of the eight apps, writes a flag for each
// match, counts downloads by app, store, country and day in memory, and writes the counts that
// changed once a second, then commits its offsets. At least once: no transactions, no check of the
// events, no recognition of repeats, nothing that survives a restart.
#include "kafka.hpp"
#include <simdjson.h>
#include <string_view>
#include <unordered_map>

using std::string;
using std::string_view;
using namespace simdjson;

struct Hash {
  using is_transparent = void;
  size_t operator()(string_view text) const { return std::hash<string_view>{}(text); }
};
template <class Value> using Table = std::unordered_map<string, Value, Hash, std::equal_to<>>;

struct Count {
  long total = 0;
  bool changed = false;
};

static const Table<const char *> ids = {
    {"com.eg.android.AlipayGphone", "alipay"}, {"com.alipay.iphoneclient", "alipay"},
    {"com.intsig.camscanner", "camscanner"},   {"com.tencent.qqwallet", "qq-wallet"},
    {"com.lenovo.anyshare.gps", "shareit"},    {"com.tencent.mobileqq", "tencent-qq"},
    {"com.uc.vmate", "vmate"},                 {"com.tencent.mm", "wechat-pay"},
    {"cn.wps.moffice_eng", "wps-office"}};
static const Table<const char *> codes = {{"alipay", "alipay"}, {"wechat_pay", "wechat-pay"}};
static const Table<const char *> names = {
    {"alipay", "alipay"},         {"camscanner", "camscanner"}, {"qq wallet", "qq-wallet"},
    {"shareit", "shareit"},       {"tencent qq", "tencent-qq"}, {"vmate", "vmate"},
    {"wechat pay", "wechat-pay"}, {"wps office", "wps-office"}};

static const char *find(const Table<const char *> &table, string_view text) {
  auto found = table.find(text);
  return found == table.end() ? nullptr : found->second;
}

static const char *findName(string_view text) {
  string lower(text);
  for (char &c : lower) c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  return find(names, lower);
}

int main(int argc, char **argv) {
  if (argc != 4) fail("usage: job BROKERS PREFIX RECORDS");
  string servers = argv[1], prefix = argv[2];
  long wanted = atol(argv[3]), flags = 0, written = 0;
  std::vector<string> inputs = {prefix + "appstore-events", prefix + "payment-transactions"};
  rd_kafka_t *from = consumer(servers, inputs);
  rd_kafka_t *to = client(RD_KAFKA_PRODUCER, servers,
                          {{"acks", "all"},
                           {"enable.idempotence", "true"},
                           {"linger.ms", "20"},
                           {"batch.num.messages", "10000"},
                           {"queue.buffering.max.messages", "1000000"},
                           {"delivery.report.only.error", "true"}});
  rd_kafka_topic_t *flagTopic = rd_kafka_topic_new(to, (prefix + "flagged-transactions").c_str(), nullptr);
  rd_kafka_topic_t *countTopic = rd_kafka_topic_new(to, (prefix + "download-counts").c_str(), nullptr);
  auto send = [&](rd_kafka_topic_t *topic, const string &key, const string &value) {
    while (rd_kafka_produce(topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, (void *)value.data(),
                            value.size(), key.data(), key.size(), nullptr) != 0) {
      if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
        fail(rd_kafka_err2str(rd_kafka_last_error()));
      rd_kafka_poll(to, 10);
    }
  };

  Table<Count> counts;
  counts.reserve(1 << 20);
  std::vector<std::pair<const string, Count> *> changed;
  ondemand::parser parser;
  std::vector<char> buffer(1 << 16);
  string key, value;
  std::vector<long> next[2];

  auto flag = [&](const char *target, string_view id, string_view time, string_view what) {
    flags++;
    key.assign(id);
    value = "{\"eventId\":\"";
    value.append(id).append("\",\"target\":\"").append(target).append("\",\"time\":\"").append(time);
    value.append("\",\"match\":\"").append(what).append("\"}");
    send(flagTopic, key, value);
  };
  auto take = [&](rd_kafka_message_t *m) {
    bool isDownload = rd_kafka_topic_name(m->rkt)[prefix.size()] == 'a';
    auto &offsets = next[isDownload ? 0 : 1];
    if ((size_t)m->partition >= offsets.size()) offsets.resize(m->partition + 1, -1);
    offsets[m->partition] = m->offset + 1;
    if (buffer.size() < m->len + SIMDJSON_PADDING) buffer.resize(m->len * 2 + SIMDJSON_PADDING);
    memcpy(buffer.data(), m->payload, m->len);
    try {
      auto event = parser.iterate(buffer.data(), m->len, buffer.size());
      string_view id = event["id"], time = event["time"];
      ondemand::object data = event["data"];
      if (isDownload) {
        string_view store = data["store"], app = data["appId"], name = data["appName"],
                    country = data["country"];
        key.assign(time.substr(0, 10));
        key.append("|").append(store).append("|").append(app).append("|").append(country);
        auto found = counts.find(string_view(key));
        if (found == counts.end()) found = counts.emplace(key, Count{}).first;
        found->second.total++;
        if (!found->second.changed) changed.push_back(&*found);
        found->second.changed = true;
        if (country != "US") return;
        if (auto *target = find(ids, app)) return flag(target, id, time, app);
        if (auto *target = findName(name)) flag(target, id, time, name);
      } else {
        string_view code = data["paymentMethod"], payer = data["payerCountry"],
                    payee = data["payeeCountry"], name;
        if (payer != "US" && payee != "US") return;
        if (auto *target = find(codes, code)) return flag(target, id, time, code);
        if (data["counterpartyName"].get_string().get(name) == SUCCESS)
          if (auto *target = findName(name)) flag(target, id, time, name);
      }
    } catch (simdjson_error &error) {
      fail(error.what());
    }
  };
  auto flush = [&] {
    for (auto *entry : changed) {
      entry->second.changed = false;
      value = "{\"key\":\"";
      value.append(entry->first).append("\",\"count\":").append(std::to_string(entry->second.total));
      value.append("}");
      send(countTopic, entry->first, value);
      if ((++written & 1023) == 0) rd_kafka_poll(to, 0);
    }
    changed.clear();
    rd_kafka_flush(to, 60000);
    auto *offsets = rd_kafka_topic_partition_list_new(16);
    for (int topic = 0; topic < 2; topic++)
      for (size_t p = 0; p < next[topic].size(); p++)
        if (next[topic][p] >= 0)
          rd_kafka_topic_partition_list_add(offsets, inputs[topic].c_str(), (int)p)->offset = next[topic][p];
    if (offsets->cnt > 0)
      if (rd_kafka_resp_err_t code = rd_kafka_commit(from, offsets, 0)) fail(rd_kafka_err2str(code));
    rd_kafka_topic_partition_list_destroy(offsets);
  };

  double due = 0;
  double first = consume(from, wanted, take, [&] {
    double time = now();
    if (due == 0) due = time + 1;
    if (time >= due) {
      flush();
      due = now() + 1;
    }
    rd_kafka_poll(to, 0);
  });
  flush();
  printf("{\"records\":%ld,\"flags\":%ld,\"counts\":%ld,\"seconds\":%.6f}\n", wanted, flags, written,
         now() - first);
  fflush(stdout);
  rd_kafka_consumer_close(from);
  _exit(0);
}
