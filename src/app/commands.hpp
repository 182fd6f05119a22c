#pragma once
// What the program can do from the command line: one struct of options and one function a command,
// in a file of its own in commands/.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/context.hpp"

namespace jishi::app {

struct ImportOptions {
  std::vector<std::string> files;
  bool dry_run = false;
  std::string source = "workbooks";
  std::optional<int> rank;
  std::vector<std::string> mapping;  // header=column
  std::string refused;               // workbook for the refused rows
};
Result<Status> run_import(const Context& context, const ImportOptions& options);

struct BatchesOptions {};
Result<Status> run_batches(const Context& context, const BatchesOptions& options);

struct LoadDivisionsOptions {
  std::string folder;
};
Result<Status> run_load_divisions(const Context& context, const LoadDivisionsOptions& options);

struct UndoOptions {
  Id batch = kNoId;
};
Result<Status> run_undo(const Context& context, const UndoOptions& options);

struct RefusedOptions {
  Id batch = kNoId;
  std::string file;
};
Result<Status> run_refused(const Context& context, const RefusedOptions& options);

struct AcceptOptions {
  Id batch = kNoId;
  int sheet = 0;
  std::int64_t row = 0;
  std::string reason;
};
Result<Status> run_accept(const Context& context, const AcceptOptions& options);

struct ConflictsOptions {};
Result<Status> run_conflicts(const Context& context, const ConflictsOptions& options);

struct DecideConflictOptions {
  Id conflict = kNoId;
  bool take = false;  // the other value, in the place of the one that stands
};
Result<Status> run_decide_conflict(const Context& context, const DecideConflictOptions& options);

struct DuplicatesOptions {};
Result<Status> run_duplicates(const Context& context, const DuplicatesOptions& options);

struct DecideDuplicateOptions {
  Id first = kNoId;
  Id second = kNoId;
  bool same = false;
};
Result<Status> run_decide_duplicate(const Context& context, const DecideDuplicateOptions& options);

struct FindDuplicatesOptions {
  std::string organisation;  // a code; empty: everybody
};
Result<Status> run_find_duplicates(const Context& context, const FindDuplicatesOptions& options);

struct MergePersonsOptions {
  std::string keep;  // 人员编号 or id
  std::string drop;
  std::string reason;
  bool preview = false;
  bool apart = false;  // takes a merger back
};
Result<Status> run_merge_persons(const Context& context, const MergePersonsOptions& options);

struct LightsOptions {
  std::optional<Date> as_of;
  bool summary = false;
  std::string rule;
  std::string level;
};
Result<Status> run_lights(const Context& context, const LightsOptions& options);

struct WhyOptions {
  std::string rule;
  std::string subject;
  std::optional<Date> as_of;
};
Result<Status> run_why(const Context& context, const WhyOptions& options);

struct SearchOptions {
  std::vector<std::string> words;
  std::string organisation;  // empty: everywhere
  bool best = false;         // the best first, not the latest
};
Result<Status> run_search(const Context& context, const SearchOptions& options);

struct RulesOptions {};
Result<Status> run_rules(const Context& context, const RulesOptions& options);

struct SetParameterOptions {
  std::string rule;
  std::string parameter;
  std::string organisation;
  std::int64_t value = 0;
};
Result<Status> run_set_parameter(const Context& context, const SetParameterOptions& options);

struct ReportOptions {
  std::string organisation;
  std::optional<Date> as_of;
};
Result<Status> run_report(const Context& context, const ReportOptions& options);

struct VerifyOptions {
  std::optional<std::int64_t> proof;
  std::vector<std::int64_t> consistency;  // none, or two
};
Result<Status> run_verify(const Context& context, const VerifyOptions& options);

struct BackupOptions {
  std::string file;
};
Result<Status> run_backup(const Context& context, const BackupOptions& options);

struct RestoreOptions {
  std::string file;
  bool replace = false;
};
Result<Status> run_restore(const Context& context, const RestoreOptions& options);

struct MigrateOptions {
  std::string to;  // postgres://… or a folder
};
Result<Status> run_migrate(const Context& context, const MigrateOptions& options);

struct DoctorOptions {};
Result<Status> run_doctor(const Context& context, const DoctorOptions& options);

struct DemoOptions {
  std::int64_t members = 20'000;
  std::uint64_t seed = 1;
  std::optional<Date> as_of;
  std::string workbooks;  // folder for the five workbooks, instead of a store
  std::string format = "xlsx";
  bool cases = false;  // running procedures, too
};
Result<Status> run_demo(const Context& context, const DemoOptions& options);

struct DoOptions {
  std::string command;  // empty: list them
  std::string json;
  bool preview = false;
};
Result<Status> run_do(const Context& context, const DoOptions& options);

struct UserAddOptions {
  std::string login;
  std::string name;
  std::string person;
};
Result<Status> run_user_add(const Context& context, const UserAddOptions& options);

struct UserGrantOptions {
  std::string login;
  std::string role;
  std::string organisation;  // empty: the whole structure
  std::string structure;     // empty: the Party's
};
Result<Status> run_user_grant(const Context& context, const UserGrantOptions& options);

struct UserOptions {
  std::string login;
};
Result<Status> run_user_link(const Context& context, const UserOptions& options);
Result<Status> run_user_end_sessions(const Context& context, const UserOptions& options);

struct UserListOptions {};
Result<Status> run_user_list(const Context& context, const UserListOptions& options);

struct UserEnableOptions {
  std::string login;
  bool enabled = false;
};
Result<Status> run_user_enable(const Context& context, const UserEnableOptions& options);

struct ServeOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 8080;
  std::string certificate;
  std::string certificate_key;
  bool trust_front = false;
  std::vector<std::string> hosts;  // names that are answered for
  bool log_requests = false;
  std::optional<double> rate;          // requests a second of one address; 0: no limit
  std::optional<double> account_rate;  // the same of one account
  std::optional<std::string> web;      // folder of the built workbench; empty: plain pages only
  std::string boundary;                // GeoJSON of the map's areas; empty: no map
  std::string payments = "off";        // provider for dues paid online
};
Result<Status> run_serve(const Context& context, const ServeOptions& options);

struct FeelOptions {
  std::string expression;
  std::string context;  // JSON; empty: none
  std::string now;      // date and time that now() and today() give; empty: the clock's
};
Result<Status> run_feel(const Context& context, const FeelOptions& options);

struct DecideOptions {
  std::string file;
  std::string decision;  // empty: the only one
  std::string context;   // JSON; empty: none
  std::string now;
};
Result<Status> run_decide(const Context& context, const DecideOptions& options);

struct ProcessCheckOptions {
  std::vector<std::string> files;
};
Result<Status> run_process_check(const Context& context, const ProcessCheckOptions& options);

struct ProcessRoundtripOptions {
  std::string in;
  std::string out;
};
Result<Status> run_process_roundtrip(const Context& context,
                                     const ProcessRoundtripOptions& options);

struct ProcessRunOptions {
  std::string file;
  std::string process;  // empty: the first one
  std::string script;
  std::string now;
};
Result<Status> run_process_run(const Context& context, const ProcessRunOptions& options);

struct OpenapiOptions {};
Result<Status> run_openapi(const Context& context, const OpenapiOptions& options);

}  // namespace jishi::app
