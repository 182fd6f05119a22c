#pragma once
// A store of its own, files written in a test's own words, and what became of them.

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "ledger/test_store.hpp"
#include "modules/intake/intake.hpp"
#include "platform/pack/codes_file.hpp"

namespace jishi::intake::testing {

inline const Codes& pack_codes() {
  static const Codes kCodes = *load_codes(JISHI_SOURCE_DIR "/packs/party/codes.toml");
  return kCodes;
}

/// What an import said: `code@column` of refused rows by `file:row`.
struct Said final : ImportObserver {
  std::map<std::string, std::string> refusals;
  std::map<std::string, Arguments> arguments;
  void refused(const Refusal& refusal) override {
    const std::string place = refusal.file + ":" + std::to_string(refusal.row);
    std::string& text = refusals[place];
    text += (text.empty() ? "" : " ") + refusal.problem.code + "@" + refusal.problem.column;
    arguments[place] = refusal.problem.arguments;
  }
  void progress(std::int64_t, double) override {}
};

class Office {
 public:
  explicit Office(TestEngine engine = test_engine())
      : folder_(std::filesystem::temp_directory_path() / name()),
        clock_(day(2026, 3, 1)),
        database_(engine, TestDatabase::Tables::made) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "in");
    StoreOptions options;
    options.folder = folder_ / "data";
    options.keys_folder = folder_ / "keys";
    options.database = database_.url();
    store_ = std::move(*Store::open(options, clock_));
    if (engine == TestEngine::postgres) name_functions();
  }
  ~Office() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  static Date day(int year, unsigned month, unsigned number) {
    return *make_date(year, month, number);
  }

  Store& store() { return *store_; }
  std::filesystem::path path(const std::string& file) const { return folder_ / "in" / file; }

  /// Writes a csv file: lines, cells separated by commas.
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(path(file)) << text;
  }

  struct Outcome {
    Result<ImportReport> report = fail(ErrorKind::invalid, "none");
    Said said;

    std::string refusals() const {
      std::string all;
      for (const auto& [place, text] : said.refusals) all += place + " " + text + "\n";
      return all;
    }
    /// `rows accepted refused unchanged` of every sheet, in order of files.
    std::string counts() const {
      std::string all;
      for (const SheetReport& sheet : report->sheets)
        all += fmt::format("{} {} {} {} {}\n", sheet.file, sheet.rows, sheet.accepted,
                           sheet.refused, sheet.unchanged);
      return all;
    }
    std::string notices() const {
      std::string all;
      for (const SheetReport& sheet : report->sheets) {
        for (const Notice& notice : sheet.notices)
          all += fmt::format("{}:{} {}@{}\n", sheet.file, notice.row, notice.problem.code,
                             notice.problem.column);
      }
      return all;
    }
  };

  struct How {
    std::string source = "workbooks";
    std::optional<int> rank;
    bool dry_run = false;
    bool cancelled = false;
  };

  /// Imports files; a day passes.
  Outcome import(const std::vector<std::string>& files, const How& how) {
    ImportRequest request;
    for (const std::string& file : files) request.files.push_back(path(file));
    request.source = how.source;
    request.rank = how.rank;
    request.dry_run = how.dry_run;
    const std::atomic<bool> cancel{how.cancelled};
    Outcome outcome;
    outcome.report =
        import_workbooks(*store_, Actor{7}, request, pack_codes(), outcome.said, cancel);
    pass_a_day();
    return outcome;
  }
  Outcome import(const std::vector<std::string>& files) { return import(files, How{}); }

  void pass_a_day() { clock_.set_ms(clock_.now_ms() + 86'400'000); }

  /// The rows that a query gives, cells separated by `|`.
  std::string rows(const std::string& query) const {
    const Statement statement{"test", query};
    const auto connection = store_->engine().open(db::Access::read);
    db::Cursor& cursor = connection->execute(statement, {});
    std::string all;
    while (cursor.next()) {
      for (int i = 0; i < cursor.columns(); ++i) {
        all += i > 0 ? "|" : "";
        all += cursor.is_null(i) ? "-" : cursor.bytes(i);
      }
      all += "\n";
    }
    return all;
  }
  std::int64_t count(const std::string& table) const {
    return std::stoll(rows("select count(*) from " + table));
  }

  /// Everything that files say, by names people know instead of ids, without when it was recorded.
  std::string contents() const;

 private:
  static std::string name() {
    static std::atomic<int> number{0};
    return fmt::format("jishi-office-{}-{}", getpid(), ++number);
  }

  // What SQLite has by these names.
  void name_functions() const {
    store_->engine()
        .open(db::Access::write)
        ->script(
            "create function hex(bytea) returns text language sql as"
            " $$ select upper(encode($1, 'hex')) $$;"
            "create function joined(text[]) returns text language sql as"
            " $$ select array_to_string($1, ',') $$;"
            "create aggregate group_concat(text) (sfunc = array_append, stype = text[],"
            " finalfunc = joined)");
  }

  std::filesystem::path folder_;
  FixedClock clock_;
  TestDatabase database_;
  std::unique_ptr<Store> store_;
};

inline std::string Office::contents() const {
  const char* const kQueries[] = {
      "select code, code_given, name, kind, unit_name, credit_code, unit_kind, division, founded,"
      " elected, term_years, extended_to, ended, phone is null from registry_organisation"
      " where code_given = 1 order by code",
      "select name, kind, founded from registry_organisation where code_given = 0 order by name",
      "select c.name, coalesce(p.name, '-'), l.valid_from, l.valid_to from registry_link l"
      " join registry_organisation c on c.id = l.child"
      " left join registry_organisation p on p.id = l.parent order by 1, 2, 3",
      "select a.name, o.name, t.depth from registry_ancestry t"
      " join registry_organisation a on a.id = t.ancestor"
      " join registry_organisation o on o.id = t.organisation order by 1, 2, 3",
      "select name, credit_code, kind from registry_unit order by 1, 2",
      "select o.name, u.name, l.valid_from, l.valid_to from registry_unit_link l"
      " join registry_organisation o on o.id = l.organisation"
      " join registry_unit u on u.id = l.unit order by 1, 2, 3",
      "select number, number_key, name, sex, ethnic, birth, birth_precision, education, occupation,"
      " citizen_id is null, hex(citizen_key), phone is null, hex(phone_key), address is null"
      " from registry_person order by 3, 1, 6",
      "select p.name, p.number, m.valid_from, m.valid_to, o.name, m.stage, m.joined, m.confirmed,"
      " m.probation_until, m.status, m.lost_since, m.floating_since from registry_membership m"
      " join registry_person p on p.id = m.person"
      " join registry_organisation o on o.id = m.organisation order by 1, 2, 3",
      "select p.name, o.name, t.title, t.from_date, t.to_date from registry_post t"
      " join registry_person p on p.id = t.person"
      " join registry_organisation o on o.id = t.organisation order by 1, 2, 3, 4",
      "select o.name, a.kind, a.held_on, a.period, a.topic, a.place, a.due, a.present, a.others,"
      " (select group_concat(n) from (select p.name as n from orglife_attendance t"
      "  join registry_person p on p.id = t.person where t.activity = a.id order by p.name) as "
      "names)"
      " from orglife_activity a join registry_organisation o on o.id = a.organisation"
      " order by 1, 2, 3, 5",
      "select p.name, p.number, d.month, d.amount_cents, d.paid_on from dues_payment d"
      " join registry_person p on p.id = d.person order by 1, 2, 3, 4, 5",
      "select f.field, s.name, count(*) from registry_field f"
      " join registry_source s on s.id = f.source group by 1, 2 order by 1, 2",
      "select c.subject_kind, c.field, hex(c.other_key), s.name, c.state from registry_conflict c"
      " join registry_source s on s.id = c.source order by 1, 2, 3",
      "select a.name, b.name, d.reason, d.state from registry_duplicate d"
      " join registry_person a on a.id = d.first join registry_person b on b.id = d.second"
      " order by 1, 2, 3",
      "select subject_kind, coalesce(o.name, p.name), d.rows from intake_doubt d"
      " left join registry_organisation o on o.id = d.subject"
      " left join registry_person p on p.id = d.subject order by 1, 2",
      "select count(*) from intake_refused",
      "select count(*) from intake_note",
      "select count(*) from intake_similar",
      "select count(*) from orglife_attendance",
  };
  std::string all;
  for (const char* query : kQueries) all += std::string("--\n") + rows(query);
  return all;
}

}  // namespace jishi::intake::testing
