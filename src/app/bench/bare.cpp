#include "app/bench/bare.hpp"

#include "platform/db/dialect.hpp"
#include "platform/db/sqlite.hpp"

namespace jishi::app::bench {

namespace {

constexpr Statement kPerson{"bench_person",
                            "select id, number, name, sex, ethnic, education, occupation,"
                            " citizen_id, phone, address from registry_person where id = $1"};

struct PersonRow {
  Id id = kNoId;
  std::string number;
  std::string name;
  std::string sex;
  std::string ethnic;
  std::string education;
  std::string occupation;
  std::optional<Blob> citizen_id;
  std::optional<Blob> phone;
  std::optional<Blob> address;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (id, number, name, sex, ethnic, education, occupation, citizen_id, phone,
                       address))

/// Calls `work(thread, number)` again and again by each of some threads; calls a second.
template <class Work>
double calls_a_second(std::size_t threads, double seconds, Work&& work) {
  std::atomic<std::int64_t> calls{0};
  const Stopwatch watch;
  std::vector<std::thread> clients;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    clients.emplace_back([&, thread] {
      std::int64_t number = 0;
      try {
        while (watch.seconds() < seconds) work(thread, number++);
      } catch (const db::Failure&) {
        // What was done until then counts: this is a comparison, not a test.
      }
      calls += number;
    });
  }
  for (std::thread& client : clients) client.join();
  return static_cast<double>(calls.load()) / watch.seconds();
}

std::vector<std::unique_ptr<db::Connection>> connections(const db::Engine& engine,
                                                         db::Access access, std::size_t count) {
  std::vector<std::unique_ptr<db::Connection>> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(engine.open(access));
  return made;
}

void insert_one(db::Connection& connection, std::int64_t id) {
  db::Writer writer(connection);
  writer.run(kBareInsert, id, id % 60'000, bench_day(), kBareText);
}

}  // namespace

double bare_inserts(const std::filesystem::path& file, std::int64_t batch, double seconds) {
  const auto connection = db::open_sqlite(file, db::Access::write);
  connection->script(db::migration_for_sqlite(kBareTable));
  std::int64_t id = 0;
  const Stopwatch watch;
  while (watch.seconds() < seconds) {
    connection->begin_write();
    for (std::int64_t i = 0; i < batch; ++i) insert_one(*connection, ++id);
    connection->commit();
  }
  return static_cast<double>(id) / watch.seconds();
}

double bare_reads(const db::Engine& engine, const std::vector<Id>& persons, double seconds) {
  const std::size_t threads =
      engine.shared() ? kBareThreads : std::max(1U, std::thread::hardware_concurrency());
  const auto readers = connections(engine, db::Access::read, threads);
  return calls_a_second(threads, seconds, [&](std::size_t thread, std::int64_t number) {
    constexpr std::size_t kStride = 7'919;  // a prime: far apart, and never the same for long
    const auto at = (static_cast<std::size_t>(number) * kStride + thread) % persons.size();
    (void)db::Reader(*readers[thread]).one<PersonRow>(kPerson, persons[at]);
  });
}

double bare_server_inserts(const db::Engine& engine, double seconds) {
  const auto writers = connections(engine, db::Access::write, kBareThreads);
  writers.front()->script("drop table if exists bench_row");
  writers.front()->script(engine.migration(kBareTable));
  const double a_second =
      calls_a_second(kBareThreads, seconds, [&](std::size_t thread, std::int64_t number) {
        constexpr std::int64_t kOfThread = 1'000'000'000;
        // Outside a transaction of the seam, whose writers wait for each other.
        insert_one(*writers[thread], static_cast<std::int64_t>(thread) * kOfThread + number);
        writers[thread]->settle();
      });
  writers.front()->script("drop table bench_row");
  return a_second;
}

}  // namespace jishi::app::bench
