#include "platform/crypto/keys.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "platform/crypto/mac.hpp"

namespace jishi::crypto {
namespace {

class EachSuite : public testing::TestWithParam<Suite> {};

TEST_P(EachSuite, OpensWhatItSealed) {
  const auto cipher = make_cipher(GetParam(), std::string(32, 'k'));
  for (const std::string& plain : {std::string(), std::string("110"), std::string(1000, 'x')}) {
    const Blob sealed = cipher->seal(plain, "person:1");
    EXPECT_EQ(sealed.bytes.find(plain.empty() ? "person" : plain), std::string::npos);
    const auto opened = cipher->open(sealed, "person:1");
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, plain);
  }
}

TEST_P(EachSuite, RefusesAnotherPlaceAnotherKeyAndEveryAlteredByte) {
  const auto cipher = make_cipher(GetParam(), std::string(32, 'k'));
  const auto stranger = make_cipher(GetParam(), std::string(32, 'l'));
  const Blob sealed = cipher->seal("13900000000", "person:1");
  EXPECT_FALSE(cipher->open(sealed, "person:2"));
  EXPECT_FALSE(stranger->open(sealed, "person:1"));
  for (std::size_t i = 0; i < sealed.bytes.size(); ++i) {
    Blob altered = sealed;
    altered.bytes[i] = static_cast<char>(altered.bytes[i] ^ 1);
    EXPECT_FALSE(cipher->open(altered, "person:1"));
  }
  EXPECT_FALSE(cipher->open(Blob{"short"}, "person:1"));
}

TEST_P(EachSuite, NeverSealsTwiceAlike) {
  const auto cipher = make_cipher(GetParam(), std::string(32, 'k'));
  EXPECT_NE(cipher->seal("a", "b").bytes, cipher->seal("a", "b").bytes);
}

INSTANTIATE_TEST_SUITE_P(Suites, EachSuite,
                         testing::Values(Suite::aes_256_gcm, Suite::sm4_ctr_hmac_sm3));

TEST(Mac, Rfc4231Case2) {
  EXPECT_EQ(to_hex(hmac("SHA256", "Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac_sha256_cached("Jefe", "what do ya want ", "for nothing?"),
            hmac_sha256_cached("Jefe", "what do ya want ", "for nothing?"));
}

TEST(KeyFile, IsPrivateAndComesBack) {
  const auto folder = std::filesystem::temp_directory_path() / "jishi-keys-test";
  std::filesystem::remove_all(folder);
  const auto file = folder / "store.key";
  const auto created = Keys::create(file, Suite::aes_256_gcm);
  ASSERT_TRUE(created);
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_FALSE(Keys::create(file, Suite::aes_256_gcm));
  const auto loaded = Keys::load(file);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->blind_index("citizen_id", "a").bytes,
            created->blind_index("citizen_id", "a").bytes);
  EXPECT_NE(loaded->blind_index("citizen_id", "a").bytes, loaded->blind_index("phone", "a").bytes);
  std::filesystem::permissions(file, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(Keys::load(file).error().code, "crypto.key_readable_by_others");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace jishi::crypto
