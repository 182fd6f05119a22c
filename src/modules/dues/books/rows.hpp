#pragma once
// What the parts of the account read alike.

#include "modules/dues/books/books.hpp"
#include "modules/dues/books/shares.hpp"

namespace jishi::dues {

/// A calendar year, as days and months are kept.
struct YearSpan {
  explicit YearSpan(int year);
  std::int32_t first_day;
  std::int32_t last_day;
  int first_month;
  int last_month;
};

struct SumOf {
  Id organisation = kNoId;
  std::int64_t cents = 0;
};
BOOST_DESCRIBE_STRUCT(SumOf, (), (organisation, cents))

/// What each of these and all below it collected in a year; none where nothing was.
std::map<Id, Collected> collected_by(db::Reader& reader, const std::vector<Id>& organisations,
                                     int year);

/// The day by which a year's share is to be passed up.
Date until_of(const UpwardShare& share, int year);

}  // namespace jishi::dues
