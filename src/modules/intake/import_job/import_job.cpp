#include "modules/intake/import_job/import_job.hpp"

#include "base/texts.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::intake {

namespace {

constexpr api::Permission kImport = "intake.import";

/// Of what the account may name, that which stands at or below the organisation that was given the
/// import: whoever may read or undo the import there reads and undoes no more than is theirs.
class ReachBelow final : public db::Reach {
 public:
  ReachBelow(const db::Reach& whole, Id top) : whole_(whole), top_(top) {}
  bool organisation(db::Reader& reader, Id organisation) const override {
    return registry::is_under(reader, registry::kPartyStructure, top_, organisation) &&
           whole_.organisation(reader, organisation);
  }
  bool person(db::Reader& reader, Id person) const override {
    const auto home = registry::organisation_of(reader, person);
    return home && registry::is_under(reader, registry::kPartyStructure, top_, *home) &&
           whole_.person(reader, person);
  }

 private:
  const db::Reach& whole_;
  const Id top_;
};

/// Keeps the first refusals for the job's result.
class Notes final : public ImportObserver {
 public:
  explicit Notes(const api::JobRun& run) : run_(run) {}

  void refused(const Refusal& refusal) override {
    if (refusals_.size() >= kMaxToldRefusals) return;
    Arguments arguments = refusal.problem.arguments;
    arguments.emplace_back("column", refusal.problem.column);
    const std::string code = "intake." + refusal.problem.code;
    refusals_.push_back(boost::json::object{
        {"file", refusal.file},
        {"sheet", refusal.sheet ? boost::json::value(*refusal.sheet) : boost::json::value(nullptr)},
        {"number", refusal.number},
        {"row", refusal.row},
        {"column", refusal.problem.column},
        {"code", refusal.problem.code},
        {"zh", say(Language::zh, code, arguments)},
        {"en", say(Language::en, code, arguments)}});
  }
  void progress(std::int64_t rows, double part) override { run_.progress(part, rows); }

  boost::json::array take() { return std::move(refusals_); }

 private:
  const api::JobRun& run_;
  boost::json::array refusals_;
};

boost::json::object sheet_object(const SheetReport& sheet, std::size_t number) {
  boost::json::array missing(sheet.missing.begin(), sheet.missing.end());
  boost::json::array unknown(sheet.unknown_columns.begin(), sheet.unknown_columns.end());
  return {
      {"file", sheet.file},
      {"number", number},
      {"sheet", sheet.sheet ? boost::json::value(*sheet.sheet) : boost::json::value(nullptr)},
      {"kind", sheet.kind ? boost::json::value(name_of(*sheet.kind)) : boost::json::value(nullptr)},
      {"missing_columns", std::move(missing)},
      {"unknown_columns", std::move(unknown)},
      {"rows", sheet.rows},
      {"accepted", sheet.accepted},
      {"refused", sheet.refused},
      {"unchanged", sheet.unchanged}};
}

boost::json::object result_of(const ImportReport& report, boost::json::array refusals) {
  boost::json::array sheets;
  for (std::size_t number = 0; number < report.sheets.size(); ++number) {
    const SheetReport& sheet = report.sheets[number];
    if (!sheet.hidden) sheets.push_back(sheet_object(sheet, number));
  }
  return {{"batch", std::to_string(report.batch)},
          {"changed", report.changed},
          {"refused", report.refused},
          {"sheets", std::move(sheets)},
          {"refusals", std::move(refusals)}};
}

ImportRequest request_of(const boost::json::object& input) {
  ImportRequest request;
  for (const auto& file : input.at("files").as_array())
    request.files.emplace_back(std::string(file.as_string()));
  request.source = std::string(input.at("source").as_string());
  request.dry_run = input.at("dry_run").as_bool();
  for (const auto& pair : input.at("mapping").as_array())
    request.mapping.emplace_back(std::string(pair.at(0).as_string()),
                                 std::string(pair.at(1).as_string()));
  return request;
}

}  // namespace

api::JobKind import_job(const ImportService& service) {
  const auto run = [&service](const api::JobRun& job) -> Result<boost::json::object> {
    const auto caller = service.gate.caller_again(job.account, api::PermissionSet::all());
    if (!caller) return fail(ErrorKind::forbidden, "intake.import_not_any_more");
    const api::CallerReach whole(service.gate, *caller, kImport);
    const ReachBelow reach(whole, job.organisation);
    Notes notes(job);
    const auto report = import_workbooks(service.store, Actor{job.account, &reach},
                                         request_of(job.input), service.codes, notes, job.cancel);
    if (!report) return report.error();
    return result_of(*report, notes.take());
  };
  const auto clean = [](Id, const boost::json::object& input, api::JobState) {
    std::error_code ignored;
    std::filesystem::remove_all(std::string(input.at("folder").as_string()), ignored);
  };
  return {std::string(kImportJob), run, clean};
}

}  // namespace jishi::intake
