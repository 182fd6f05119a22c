#pragma once
// The search for duplicates over the whole store, or the part of it below an organisation: pairs
// that nobody knew of come into the queue.

#include "modules/registry/duplicates/likely_pairs.hpp"

namespace jishi::api {
class Routes;
class Jobs;
struct JobKind;
}  // namespace jishi::api

namespace jishi::registry {

/// What a search found.
struct DuplicateSearch {
  std::int64_t persons = 0;
  std::int64_t pairs = 0;  // likely to be one person
  std::int64_t added = 0;  // of them, to the queue: the others wait there or were decided on
};
BOOST_DESCRIBE_STRUCT(DuplicateSearch, (), (persons, pairs, added))

/// Searches whom the roll knows within the scope, and adds pairs to the queue, some hundred in a
/// transaction. `go_on` is told how far it has come, 0..1, and ends the search by false: then it
/// fails with registry.search_cancelled, and what it added stays. Nothing is added twice, nor what
/// was decided: a search may be begun again.
Result<DuplicateSearch> search_duplicates(Store& store, Actor actor, Roll& roll, const Scope& scope,
                                          const std::function<bool(double part)>& go_on);

inline constexpr std::string_view kDuplicateSearchJob = "registry.find_duplicates";

/// What a search through the API needs.
struct DuplicateSearchService {
  Store& store;
  Roll& roll;
  api::Jobs& jobs;
};

/// The job's work; safe to begin again.
api::JobKind duplicate_search_job(const DuplicateSearchService& service);

void duplicate_search_routes(api::Routes& routes, const DuplicateSearchService& service);

}  // namespace jishi::registry
