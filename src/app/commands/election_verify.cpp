#include "app/commands/election_verify.hpp"

#include "base/integer.hpp"
#include "base/json.hpp"
#include "base/json_text.hpp"
#include "modules/election/election.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::app {

namespace {

constexpr std::size_t kMostExportBytes = 16U << 20;

std::string in_small(std::string text) {
  for (char& sign : text) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign - 'A' + 'a');
  }
  return text;
}

void print(const Context& context, const boost::json::object& exported,
           const election::Tally& tally, bool compared) {
  const auto votes_of = [&](const std::string& id) {
    const auto found = tally.votes.find(parse_id(id));
    return found == tally.votes.end() ? 0 : found->second;
  };
  if (context.settings.json) {
    boost::json::object votes;
    for (const auto& one : exported.at("candidates").as_array()) {
      const std::string id = text_in(one.as_object(), "id");
      votes[id] = votes_of(id);
    }
    context.console.line(
        boost::json::serialize(boost::json::object{{"verdict", "fits"},
                                                   {"format", text_in(exported, "format")},
                                                   {"root", text_in(exported, "root")},
                                                   {"root_compared", compared},
                                                   {"ballots", tally.ballots},
                                                   {"blank", tally.blank},
                                                   {"votes", std::move(votes)}}));
    return;
  }
  context.console.line(context.say("app.election_fits", {{"title", text_in(exported, "title")},
                                                         {"ballots", std::to_string(tally.ballots)},
                                                         {"blank", std::to_string(tally.blank)}}));
  for (const auto& one : exported.at("candidates").as_array()) {
    const auto& candidate = one.as_object();
    context.console.line(context.say(
        "app.election_votes", {{"name", text_in(candidate, "name")},
                               {"votes", std::to_string(votes_of(text_in(candidate, "id")))}}));
  }
  context.console.line(context.say(compared ? "app.election_root_fits" : "app.election_root",
                                   {{"root", text_in(exported, "root")}}));
  if (text_in(exported, "format") == election::kOldExportFormat)
    context.console.line(context.say("app.election_old_format"));
}

}  // namespace

Result<Status> run_election_verify(const Context& context, const ElectionVerifyOptions& options) {
  const auto bytes = files::read_whole(options.file, kMostExportBytes);
  if (!bytes) return bytes.error();
  const auto json = parse_json(*bytes);
  if (!json) return json.error();
  const auto tally = election::verify_export(*json, in_small(options.root));
  if (!tally) return tally.error();
  print(context, json->as_object(), *tally, !options.root.empty());
  return Status::done;
}

}  // namespace jishi::app
