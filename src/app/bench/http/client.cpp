#include "app/bench/http/client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/bench/http/answer_reader.hpp"

namespace jishi::app::bench {

namespace {

constexpr int kPatienceS = 30;

sockaddr_in address_of(unsigned short port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

Socket Socket::to(unsigned short port) {
  Socket made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!made.open()) return made;
  const int on = 1;
  ::setsockopt(made.handle_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const timeval patience{kPatienceS, 0};
  ::setsockopt(made.handle_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const sockaddr_in address = address_of(port);
  if (::connect(made.handle_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return {};
  return made;
}

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

Socket::~Socket() {
  if (handle_ >= 0) ::close(handle_);
}

bool Socket::send(std::string_view text) const {
  const auto sent = ::send(handle_, text.data(), text.size(), MSG_NOSIGNAL);
  return sent == static_cast<ssize_t>(text.size());
}

unsigned short free_port() {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = address_of(0);
  socklen_t size = sizeof address;
  unsigned short port = 0;
  if (::bind(handle, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
      ::getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
    port = ntohs(address.sin_port);
  }
  ::close(handle);
  return port;
}

std::string Answer::cookie(std::string_view name) const {
  const std::string start = "\r\nSet-Cookie: " + std::string(name) + "=";
  const auto found = header.find(start);
  if (found == header.npos) return {};
  const auto value = found + start.size();
  return header.substr(value, header.find_first_of(";\r", value) - value);
}

Answer ask(unsigned short port, std::string_view request) {
  const Socket socket = Socket::to(port);
  if (!socket.open() || !socket.send(request)) return {};
  AnswerReader reader;
  std::array<char, 16'384> buffer;
  while (true) {
    const auto size = ::recv(socket.handle(), buffer.data(), buffer.size(), 0);
    if (size <= 0) return {};
    if (reader.take({buffer.data(), static_cast<std::size_t>(size)}))
      return {reader.status(), std::string(reader.header()), std::string(reader.body())};
  }
}

void Sender::get(std::string& out, std::string_view path) const {
  out.append("GET ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  out.append(headers).append("\r\n");
}

void Sender::post(std::string& out, std::string_view path, std::string_view key,
                  std::string_view body) const {
  out.append("POST ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n").append(headers);
  if (!key.empty()) out.append("Idempotency-Key: ").append(key).append("\r\n");
  out.append("Content-Type: application/json\r\nContent-Length: ");
  out.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
}

}  // namespace jishi::app::bench
