#include "modules/intake/import/import.hpp"

#include <set>

#include "base/text.hpp"
#include "modules/intake/apply/organisations.hpp"
#include "modules/intake/batches/doubts.hpp"
#include "modules/intake/facts.hpp"
#include "modules/intake/import/import.sql.hpp"
#include "modules/intake/import/quarantine.hpp"
#include "modules/intake/import/row_source.hpp"
#include "modules/intake/import/sheets_of_import.hpp"
#include "modules/intake/queues/find_duplicates.hpp"

namespace jishi::intake {

namespace {

using registry::Origin;

struct MappingRow {
  std::string header;
  std::string kind;
  std::string column;
};
BOOST_DESCRIBE_STRUCT(MappingRow, (), (header, kind, column))

struct DoubtRow {
  std::string subject_kind;
  Id subject = kNoId;
};
BOOST_DESCRIBE_STRUCT(DoubtRow, (), (subject_kind, subject))

/// Refused and accepted rows by whom they speak of.
struct Subjects {
  std::map<std::pair<std::string_view, Id>, std::int64_t> refused;
  std::set<std::pair<std::string_view, Id>> doubted;  // in doubt since an earlier import
  std::set<std::pair<std::string_view, Id>> cleared;

  void note(std::string_view kind, Id subject, bool was_refused) {
    if (subject == kNoId) return;
    if (was_refused) ++refused[{kind, subject}];
    if (!was_refused && doubted.contains({kind, subject})) cleared.insert({kind, subject});
  }
};

/// The writer's side of one import.
class Import {
 public:
  Import(Transaction& tx, std::vector<SheetReport*> reports, const ImportRequest& request,
         ImportObserver& observer)
      : tx_(tx),
        reports_(std::move(reports)),
        observer_(observer),
        batch_(tx.new_id()),
        started_ms_(tx.store().clock().now_ms()),
        first_seq_(tx.one<std::int64_t>(sql::import::last_seq).value_or(0)),
        origin_(registry::origin_of(tx, request.source, request.rank, batch_)),
        applier_(tx, origin_) {
    tx.each<DoubtRow>(sql::import::doubts, [&](const DoubtRow& row) {
      subjects_.doubted.insert(
          {row.subject_kind == "person" ? "person" : "organisation", row.subject});
    });
  }

  Result<Done> run(RowQueue& queue, const std::atomic<bool>& cancel) {
    while (auto batch = queue.take()) {
      if (cancel) return fail(ErrorKind::refused, "intake.cancelled");
      if (const auto taken = take(*batch); !taken) return taken;
    }
    if (const auto error = queue.error()) return *error;
    if (cancel) return fail(ErrorKind::refused, "intake.cancelled");
    finish_organisations();
    return Done{};
  }

  void finish(const std::vector<const Layout*>& layouts);

  Id batch() const { return batch_; }
  bool changed() const { return changed_; }

 private:
  Result<Done> take(RowBatch& batch) {
    SheetReport& report = *reports_[batch.sheet];
    if (report.kind == SheetKind::organisations) return keep_organisations(batch);
    finish_organisations();
    if (batch.sheet != sheet_) applier_.begin_sheet();
    sheet_ = batch.sheet;
    for (PreparedRow& row : batch.rows) {
      const Applied applied = applier_.apply(row);
      settle(batch.sheet, row, applied);
    }
    observer_.progress(rows_, batch.part);
    return Done{};
  }

  Result<Done> keep_organisations(RowBatch& batch) {
    if (organisations_.size() + batch.rows.size() > kMaxOrganisationRows) {
      return fail(ErrorKind::invalid, "intake.too_many_organisations",
                  {{"limit", std::to_string(kMaxOrganisationRows)}});
    }
    for (PreparedRow& row : batch.rows) organisations_.add(batch.sheet, std::move(row));
    return Done{};
  }

  // Organisations come first and refer to each other: they are written once all of them are known.
  void finish_organisations() {
    if (organisations_done_) return;
    organisations_done_ = true;
    organisations_.apply(tx_, origin_);
    bool changed = false;
    for (auto& entry : organisations_.entries()) {
      changed =
          changed || entry.applied.fate == Fate::created || entry.applied.fate == Fate::changed;
      settle(entry.sheet, entry.row, entry.applied);
    }
    if (changed) registry::rebuild_ancestry(tx_, registry::kPartyStructure);
    organisations_.entries().clear();
  }

  void settle(std::size_t sheet, PreparedRow& row, const Applied& applied) {
    SheetReport& report = *reports_[sheet];
    const bool refused = applied.fate == Fate::refused;
    ++rows_;
    ++report.rows;
    ++(refused ? report.refused : report.accepted);
    if (applied.fate == Fate::unchanged) ++report.unchanged;
    changed_ = changed_ || applied.fate == Fate::created || applied.fate == Fate::changed;
    subjects_.note("organisation", applied.organisation, refused);
    subjects_.note("person", applied.person, refused);
    if (refused) {
      similar_.note({batch_, static_cast<int>(sheet), row.number}, row.read, applied.organisation);
      quarantine(sheet, row);
    }
    tell_notices(report, row);
    const bool news = applied.fate == Fate::created || applied.fate == Fate::changed;
    if (news && !row.read.notes.empty())
      keep_notes(tx_, {batch_, static_cast<int>(sheet), row.number}, row.read);
  }

  void quarantine(std::size_t sheet, const PreparedRow& row);
  void tell_notices(SheetReport& report, const PreparedRow& row);
  void settle_doubts();

  Transaction& tx_;
  std::vector<SheetReport*> reports_;
  ImportObserver& observer_;
  Id batch_;
  std::int64_t started_ms_;
  std::int64_t first_seq_;
  Origin origin_;
  Applier applier_;
  OrganisationRows organisations_;
  bool organisations_done_ = false;
  std::size_t sheet_ = SIZE_MAX;
  std::int64_t rows_ = 0;
  bool changed_ = false;
  bool kept_aside_ = false;  // refused rows or notes were written
  Subjects subjects_;
  SimilarIds similar_;
};

void Import::quarantine(std::size_t sheet, const PreparedRow& row) {
  const SheetReport& report = *reports_[sheet];
  for (const Problem* problem : refusals_of(row.read))
    observer_.refused({report.file, report.sheet, row.number, *problem, sheet});
  keep_refused(tx_, {batch_, static_cast<int>(sheet), row.number}, row.read, row.cells);
  kept_aside_ = true;
}

void Import::tell_notices(SheetReport& report, const PreparedRow& row) {
  for (const Problem& problem : row.read.problems) {
    if (problem.refuses) continue;
    ++report.notice_count;
    if (report.notices.size() < kMaxNotices) report.notices.push_back({row.number, problem});
  }
}

void Import::settle_doubts() {
  for (const auto& [kind, subject] : subjects_.cleared) {
    if (subjects_.refused.contains({kind, subject})) continue;
    clear_doubt(tx_, batch_, {kind, subject});
    changed_ = true;
  }
  for (const auto& [whom, count] : subjects_.refused) {
    set_doubt(tx_, batch_, {whom.first, whom.second}, count);
  }
}

void Import::finish(const std::vector<const Layout*>& layouts) {
  settle_doubts();
  similar_.find(tx_);
  find_duplicates(tx_, batch_);
  const auto last_seq = tx_.one<std::int64_t>(sql::import::last_seq).value_or(0);
  const Date today = tx_.store().clock().today();
  // A cleared doubt is told too: followers look at their subjects again.
  if (last_seq != first_seq_ || kept_aside_ || changed_)
    tx_.fact(fact::kImported, today, kNoId, {.subject = batch_, .amount = rows_});
  const std::int64_t own_last = tx_.one<std::int64_t>(sql::import::last_seq).value_or(0);
  tx_.run(sql::import::add_batch, batch_, started_ms_, tx_.store().clock().now_ms(), origin_.source,
          tx_.actor().id, first_seq_, own_last);
  for (std::size_t i = 0; i < reports_.size(); ++i) {
    const SheetReport& report = *reports_[i];
    const Layout* layout = i < layouts.size() ? layouts[i] : nullptr;
    std::optional<std::string_view> kind;
    if (report.kind) kind = name_of(*report.kind);
    tx_.run(sql::import::add_sheet, batch_, i, report.file, report.sheet, kind,
            layout ? headers_json(*layout) : "[]", layout ? columns_json(*layout) : "[]",
            layout != nullptr && layout->epoch == sheets::Epoch::e1904 ? 1904 : 1900, report.rows,
            report.accepted, report.refused, report.unchanged);
  }
}

// What a person once said of a header holds for all later imports.
Mapping mapping_of(Store& store, const ImportRequest& request) {
  Mapping mapping;
  const auto add = [&](const std::string& header, const std::string& column) {
    std::optional<Column> meaning;
    for (const SheetKind kind : kSheetKinds) {
      if (!meaning && !column.empty()) meaning = column_named(kind, column);
    }
    mapping.columns.emplace_back(header, meaning);
  };
  for (const auto& [header, column] : request.mapping) add(header, column);
  store.read([&](db::Reader& reader) {
    reader.each<MappingRow>(sql::import::mappings,
                            [&](const MappingRow& row) { add(row.header, row.column); });
  });
  return mapping;
}

void remember_mapping(Transaction& tx, const ImportRequest& request) {
  for (const auto& [header, column] : request.mapping) {
    tx.run(sql::import::remember_mapping, fold_header(header), "", column);
  }
}

Result<Done> write_import(Transaction& tx, OpenedImport& opened, const ImportRequest& request,
                          const Codes& codes, ImportObserver& observer,
                          const std::atomic<bool>& cancel, ImportReport& report) {
  std::vector<SheetReport*> reports;
  std::vector<const Layout*> layouts;
  for (SheetOfImport& sheet : opened.sheets) {
    reports.push_back(&sheet.report);
    layouts.push_back(sheet.layout ? &*sheet.layout : nullptr);
  }
  // Before the reader begins: it gives ids to the rows, and whoever has a greater id than the batch
  // came with it.
  Import import(tx, std::move(reports), request, observer);
  RowQueue queue;
  const RowReaderThread reader(
      queue, [&](RowQueue& rows) { return feed_sheets(opened, tx.store(), codes, rows); });
  if (const auto done = import.run(queue, cancel); !done) return done;
  import.finish(layouts);
  remember_mapping(tx, request);
  report.batch = import.batch();
  report.changed = import.changed();
  return Done{};
}

void collect(ImportReport& report, std::vector<SheetReport> sheets) {
  for (SheetReport& sheet : sheets) {
    report.refused += sheet.refused;
    report.sheets.push_back(std::move(sheet));
  }
}

}  // namespace

bool ImportReport::clean() const {
  return std::all_of(sheets.begin(), sheets.end(), [](const SheetReport& sheet) {
    return sheet.hidden || (sheet.kind && sheet.refused == 0);
  });
}

Result<ImportReport> import_workbooks(Store& store, Actor actor, const ImportRequest& request,
                                      const Codes& codes, ImportObserver& observer,
                                      const std::atomic<bool>& cancel) {
  auto opened = open_import(request, mapping_of(store, request));
  if (!opened) return opened.error();
  ImportReport report;
  const auto work = [&](Transaction& tx) {
    return write_import(tx, *opened, request, codes, observer, cancel, report);
  };
  const Result<Done> done =
      request.dry_run ? store.rehearse(actor, work) : store.write_alone(actor, work);
  if (!done) return done.error();
  std::vector<SheetReport> sheets;
  for (SheetOfImport& sheet : opened->sheets) sheets.push_back(std::move(sheet.report));
  collect(report, std::move(sheets));
  return report;
}

Result<ImportReport> import_rows(Store& store, Actor actor, std::string_view source,
                                 RowStream& rows, ImportObserver& observer,
                                 const std::atomic<bool>& cancel) {
  std::vector<SheetReport> sheets(kTypedSheets);
  for (std::size_t i = 0; i < kTypedSheets; ++i) sheets[i].kind = kSheetKinds[i];
  ImportRequest request;
  request.source = source;
  ImportReport report;
  const Result<Done> done = store.write_alone(actor, [&](Transaction& tx) -> Result<Done> {
    std::vector<SheetReport*> reports;
    reports.reserve(sheets.size());
    for (SheetReport& sheet : sheets) reports.push_back(&sheet);
    Import import(tx, std::move(reports), request, observer);
    RowQueue queue;
    const RowReaderThread reader(queue,
                                 [&](RowQueue& into) { return feed_rows(rows, tx.store(), into); });
    if (const auto run = import.run(queue, cancel); !run) return run;
    import.finish({});
    report.batch = import.batch();
    report.changed = import.changed();
    return Done{};
  });
  if (!done) return done.error();
  collect(report, std::move(sheets));
  return report;
}

}  // namespace jishi::intake
