#include "platform/http/multipart.hpp"

#include <fstream>

#include <rapidcheck/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.hpp"

namespace jishi::http {
namespace {

/// A folder for uploads, which goes with the test.
class Folder {
 public:
  Folder() {
    static int count = 0;
    path = std::filesystem::temp_directory_path() /
           fmt::format("jishi-multipart-{}-{}", ::getpid(), count++);
    std::filesystem::create_directories(path);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  }
  std::filesystem::path path;
};

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Got {
  std::string error;
  Fields form;
  std::vector<std::array<std::string, 3>> files;  // field, name, content

  friend bool operator==(const Got&, const Got&) = default;
};

Got read(std::string_view body, const std::vector<std::size_t>& sizes = {}) {
  const Folder folder;
  Got got;
  {
    Multipart reader("b", folder.path);
    const auto take = [&](std::string_view piece) {
      if (!got.error.empty()) return;
      const auto taken = reader.take(piece);
      if (!taken) got.error = taken.error().code;
    };
    for (const std::size_t size : sizes) {
      const auto piece = body.substr(0, size);
      body.remove_prefix(piece.size());
      take(piece);
    }
    take(body);
    if (got.error.empty()) {
      const auto finished = reader.finish();
      if (!finished) got.error = finished.error().code;
    }
    if (got.error.empty()) {
      std::vector<UploadedFile> files;
      reader.give(got.form, files);
      for (const auto& file : files) {
        EXPECT_EQ(file.path.parent_path(), folder.path);
        EXPECT_EQ(file.size, std::filesystem::file_size(file.path));
        got.files.push_back({file.field, file.name, content_of(file.path)});
      }
      remove_uploads(files);
    }
  }
  EXPECT_EQ(folder.files(), 0U);
  return got;
}

std::string field(const std::string& name, const std::string& text) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text + "\r\n";
}

std::string file(const std::string& name, const std::string& content) {
  return "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + name +
         "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
}

const std::string kEnd = "--b--\r\n";

TEST(Multipart, TakesFieldsAndFilesInTheirOrder) {
  const std::string bytes("\0\r\n--\r\n--c\r\n\xff", 13);
  const auto got = read("preamble\r\n" + field("一", "甲\r\n乙") + file("表.xlsx", bytes) +
                        field("一", "") + file("", "") + kEnd + "epilogue");
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.form, (Fields{{"一", "甲\r\n乙"}, {"一", ""}}));
  ASSERT_EQ(got.files.size(), 2U);
  EXPECT_EQ(got.files[0], (std::array<std::string, 3>{"f", "表.xlsx", bytes}));
  EXPECT_EQ(got.files[1], (std::array<std::string, 3>{"f", "", ""}));
}

TEST(Multipart, ANameNeverLeadsAnywhere) {
  const std::pair<std::string, std::string> cases[] = {
      {"../../x", "x"},
      {"/etc/passwd", "passwd"},
      {"C:\\\\Users\\\\me\\\\表.xls", "表.xls"},
      {"..", ""},
      {".", ""},
      {"../..", ""},
      {"....", ""},
      {".bashrc", "bashrc"},
      {"a/", ""},
      {std::string("a\0b", 3), "ab"},
      {"a\tb", "ab"},
      {"CON:x|y?.txt", "CONxy.txt"},
      {std::string(5000, 'x') + ".csv", std::string(196, 'x') + ".csv"},
      {std::string(9, 'x') + "." + std::string(199, 'y'), std::string(199, 'y')},
      {"\xff\xfe.csv", "csv"},
  };
  for (const auto& [given, kept] : cases) {
    const auto got = read(file(given, "1") + kEnd);
    ASSERT_EQ(got.files.size(), 1U) << given.substr(0, 50) << ' ' << got.error;
    EXPECT_EQ(got.files[0][1], kept) << given.substr(0, 50);
    EXPECT_EQ(got.files[0][2], "1");
  }
}

TEST(Multipart, RefusesWhatIsCutShortOrMalformed) {
  const std::string whole = file("x", "content") + kEnd;
  const std::string bad[] = {
      "",
      "nothing",
      whole.substr(0, whole.size() - 5),
      file("x", "content"),
      "--b\r\n\r\nno header\r\n--b--",
      "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--b--",
      "--bx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--",
      "--b\r\nX: " + std::string(Multipart::kMaxPartHeader, 'x'),
      std::string(Multipart::kMaxPartHeader + 1, 'x') + "\r\n" + whole,
  };
  for (const std::string& body : bad)
    EXPECT_EQ(read(body).error, "http.multipart_invalid") << body.substr(0, 100);
  EXPECT_EQ(read(field("a", "\xff") + kEnd).error, "http.not_utf8");
  EXPECT_EQ(read(field("a", std::string("b\0c", 3)) + kEnd).error, "http.control_sign");
  EXPECT_EQ(read(field(std::string("a\0b", 3), "c") + kEnd).error, "http.multipart_invalid");
}

TEST(Multipart, BoundsPartsAndTexts) {
  std::string many;
  for (std::size_t i = 0; i < Multipart::kMaxParts; ++i) many += field("a", "");
  EXPECT_EQ(read(many + kEnd).error, "");
  EXPECT_EQ(read(many + field("a", "") + kEnd).error, "http.too_many_parts");
  const std::string most(Multipart::kMaxText, 'x');
  EXPECT_EQ(read(field("a", most) + kEnd).form[0].second, most);
  EXPECT_EQ(read(field("a", most + "x") + kEnd).error, "http.part_too_large");
  std::string all;
  for (std::size_t i = 0; i <= Multipart::kMaxAllText / Multipart::kMaxText; ++i)
    all += field("a", most);
  EXPECT_EQ(read(all + kEnd).error, "http.part_too_large");
  // A file has no such bound.
  EXPECT_EQ(read(file("x", most + most) + kEnd).files[0][2].size(), 2 * most.size());
}

TEST(Multipart, FilesAreForTheirOwnerOnlyAndGoWithTheReader) {
  const Folder folder;
  {
    Multipart reader("b", folder.path);
    ASSERT_TRUE(reader.take(file("x", "1") + "--b\r\nContent-Disposition: form-data; name=\"f\"; "
                                             "filename=\"y\"\r\n\r\nhalf"));
    ASSERT_EQ(folder.files(), 2U);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path)) {
      struct stat state {};
      ASSERT_EQ(::stat(entry.path().c_str(), &state), 0);
      EXPECT_EQ(state.st_mode & 0777U, 0600U);
    }
  }
  EXPECT_EQ(folder.files(), 0U);
}

TEST(Multipart, SaysSoWhereItCannotWrite) {
  Multipart reader("b", "/nowhere/at/all");
  const auto taken = reader.take(file("x", "1"));
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "http.disk_full");
  EXPECT_EQ(taken.error().kind, ErrorKind::unavailable);
}

TEST(Multipart, FindsTheBoundary) {
  EXPECT_EQ(Multipart::boundary_of("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(Multipart::boundary_of("Multipart/Form-Data;charset=x; BOUNDARY=\"a b;c\""), "a b;c");
  for (const auto* none :
       {"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a",
        "multipart/form-data; boundary=\"\"", "multipart/form-datax; boundary=a",
        "multipart/form-data; boundary="
        "12345678901234567890123456789012345678901234567890123456789012345678901"})
    EXPECT_FALSE(Multipart::boundary_of(none)) << none;
}

RC_GTEST_PROP(Multipart, IsIndifferentToHowTheBytesCome, ()) {
  const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      field("a", "text"), field("b", "\r\n--"), file("x", "\r\n--c"), file("../y", ""), "--b", "\r",
      "\n", "--", "--b\r\n", "\r\n\r\n", "\xe4", field("a", "\xe4"), kEnd,
      std::string(Multipart::kMaxPartHeader, 'x')));
  std::string body;
  for (const auto& part : parts) body += part;
  if (*rc::gen::arbitrary<bool>()) body += kEnd;
  const auto sizes =
      *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 9));
  const Got whole = read(body);
  RC_ASSERT(read(body, sizes) == whole);
  if (body.size() < 2000) RC_ASSERT(read(body, std::vector<std::size_t>(body.size(), 1)) == whole);
}

RC_GTEST_PROP(Multipart, GivesBackWhatWasSent, (const std::string& bytes)) {
  RC_PRE(("\r\n" + bytes).find("\r\n--b") == std::string::npos);
  const auto got = read(file("x", bytes) + kEnd);
  RC_ASSERT(got.error.empty());
  RC_ASSERT(got.files.at(0)[2] == bytes);
}

}  // namespace
}  // namespace jishi::http
