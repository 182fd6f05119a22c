#pragma once
// Exports as jobs: any list as filtered, of any length, to be fetched when it is done by whoever
// asked for it, as long as they may still see what is in it.

#include "api/dispatch.hpp"
#include "api/export/export_files.hpp"
#include "api/jobs/jobs.hpp"
#include "platform/http/router.hpp"

namespace jishi::api {

inline constexpr std::string_view kExportJob = "export.list";
/// Exports of one account that wait or run.
inline constexpr std::int64_t kMaxOpenExports = 5;

/// What to export.
struct MakeExport {
  std::string list;  // its address with its filters: /api/v1/organisations/7/members?sex=female
  TableFormat format = TableFormat::xlsx;
  std::vector<std::string> personal;   // columns that are masked in the list
  std::optional<std::string> purpose;  // of those
};
BOOST_DESCRIBE_STRUCT(MakeExport, (), (list, format, personal, purpose))

class ExportService {
 public:
  /// `dispatch` holds what calls are made of; it must outlive this.
  ExportService(const Dispatch& dispatch, Jobs& jobs, ExportFiles& files)
      : dispatch_(dispatch), jobs_(jobs), files_(files) {}

  /// Learns which lists there are; `operations` must outlive this.
  void learn(const std::vector<Operation>& operations);

  /// The work of a job.
  JobKind kind();
  /// Fails with api.export_list_unknown, export_format_twice, with what the list refuses, with
  /// api.too_many_exports, api.export_no_room, api.too_many_own_jobs.
  Result<Job> submit(Call& call, const MakeExport& asked);
  /// The file of the job that the call is about. Fails with api.export_not_ready, api.export_gone,
  /// and with api.not_found where the caller may no longer see what is in it.
  Result<http::Response> fetch(const Call& call);

 private:
  struct Asked;

  Result<Asked> list_at(std::string_view address) const;
  Call call_of(Asked& asked, const Caller& caller) const;
  Result<boost::json::object> run(const JobRun& job);
  std::optional<Error> refuse(Call& call, const Operation& operation, bool personal) const;

  const Dispatch& dispatch_;
  Jobs& jobs_;
  ExportFiles& files_;
  const std::vector<Operation>* operations_ = nullptr;
  std::optional<http::Router> lists_;
};

/// POST /api/v1/exports, GET /api/v1/jobs/{job}/file.
void export_routes(Routes& routes, ExportService& service);

}  // namespace jishi::api
