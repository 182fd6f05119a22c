#include "platform/http/limits.hpp"

#include <arpa/inet.h>

#include <utility>

namespace jishi::http {

std::string peer_of(const std::string& address) {
  in6_addr parsed{};
  const std::string bare = address.substr(0, address.find('%'));
  if (::inet_pton(AF_INET6, bare.c_str(), &parsed) != 1) return address;
  constexpr std::size_t kNetwork = 8;  // bytes
  return {reinterpret_cast<const char*>(parsed.s6_addr), kNetwork};
}

bool ConnectionCount::enter(const std::string& peer) {
  const std::string address = peer_of(peer);
  const std::lock_guard lock(mutex_);
  auto& own = by_address_[address];
  if (all_ >= most_ || own >= most_of_address_) {
    if (own == 0) by_address_.erase(address);
    return false;
  }
  ++all_;
  ++own;
  return true;
}

void ConnectionCount::leave(const std::string& peer) {
  const std::string address = peer_of(peer);
  const std::lock_guard lock(mutex_);
  --all_;
  const auto own = by_address_.find(address);
  if (own != by_address_.end() && --own->second == 0) by_address_.erase(own);
}

std::size_t ConnectionCount::count() const {
  const std::lock_guard lock(mutex_);
  return all_;
}

bool Budget::take(std::uint64_t bytes) {
  if (taken_.fetch_add(bytes) + bytes <= most_) return true;
  taken_ -= bytes;
  return false;
}

void Budget::give(std::uint64_t bytes) {
  taken_ -= bytes;
}

bool Share::add(std::uint64_t bytes) {
  if (!budget_.take(bytes)) return false;
  held_ += bytes;
  return true;
}

void Share::give_back() {
  budget_.give(std::exchange(held_, 0));
}

}  // namespace jishi::http
