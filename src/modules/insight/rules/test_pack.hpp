#pragma once
// A pack of a test's own, in a temporary folder that goes with it.

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace jishi::insight {

class TestPack {
 public:
  TestPack() {
    static std::atomic<int> count{0};
    root_ = std::filesystem::temp_directory_path() /
            ("jishi-pack-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_ / "rules" / "test");
  }
  ~TestPack() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  TestPack(const TestPack&) = delete;
  TestPack& operator=(const TestPack&) = delete;

  const std::filesystem::path& folder() const { return root_; }
  std::filesystem::path file(const std::string& name) const {
    return root_ / "rules" / "test" / name;
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(file(name), std::ios::binary) << text;
  }

  /// Writes test/few.sql with its tests: a branch lights with fewer than two members.
  void add_rule(const std::string& text = rule()) {
    write("few.sql", text);
    write("few.test.toml",
          "[[case]]\nkind = \"violating\"\n[[case]]\nkind = \"clean\"\n"
          "[[case]]\nkind = \"empty\"\n");
  }

  /// 18 lines of header, one of parameter; the query begins on line 20 and its rows on line 26.
  static std::string rule() {
    return R"(-- rule: test/few
-- title: 人少
-- title.en: Few
-- subject: organisation
-- severity: red
-- basis: 试
-- why: 试
-- why.en: To try.
-- remedy: 试
-- remedy.en: Try.
-- lit: {members}
-- lit.en: {members}
-- clear: {members}
-- clear.en: {members}
-- owner: nobody
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
-- param: least int default 2 range 1..9
SELECT o.organisation, o.organisation AS subject,
       CASE WHEN count(m.person) < max(s.least) THEN 'red' END AS level,
       CAST(NULL AS DATE) AS since, CAST(NULL AS DATE) AS due, count(m.person) AS members
FROM organisation AS o JOIN setting AS s ON s.organisation = o.organisation
LEFT JOIN member AS m ON m.organisation = o.organisation GROUP BY o.organisation
-- rows:
SELECT m.organisation, m.organisation AS subject, m.person
FROM member AS m
)";
  }

 private:
  std::filesystem::path root_;
};

/// `text` with the first `from` replaced; as it is when there is none.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  return at == text.npos ? text : text.replace(at, from.size(), to);
}

}  // namespace jishi::insight
