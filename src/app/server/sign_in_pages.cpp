#include "app/server/sign_in_pages.hpp"

#include "app/server/pages.hpp"
#include "base/texts.hpp"

namespace jishi::app {

namespace {

using http::Method;

struct Field {
  std::string_view name;
  std::string_view label;  // code of a text
  std::string_view type;
  std::string_view autocomplete;
  bool needed = true;
};

constexpr std::array<Field, 3> kSignIn{
    {{"login", "app.field_login", "text", "username"},
     {"password", "app.field_password", "password", "current-password"},
     {"code", "app.field_code", "text", "one-time-code", false}}};
constexpr std::array<Field, 3> kNewPassword{
    {{"password", "app.field_new_password", "password", "new-password"},
     {"again", "app.field_password_again", "password", "new-password"},
     {"code", "app.field_code", "text", "one-time-code"}}};

std::string form_of(Language language, std::span<const Field> fields, std::string_view button) {
  std::string form = "<form method=\"post\" enctype=\"multipart/form-data\">\n";
  for (const Field& field : fields) {
    const std::string id(field.name);
    form += "<label for=\"" + id + "\">" + say(language, field.label) + "</label><input id=\"" +
            id + "\" name=\"" + id + "\" type=\"" + std::string(field.type) + "\" autocomplete=\"" +
            std::string(field.autocomplete) + "\"" + (field.needed ? " required" : "") + ">\n";
  }
  return form + "<button>" + say(language, button) + "</button></form>\n";
}

http::Response html(int status, std::string text) {
  http::Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = std::move(text);
  return response;
}

http::Response home() {
  http::Response response;
  response.status = 303;
  response.headers.emplace_back("Location", "/");
  return response;
}

/// A page with a title, what went wrong, a lead and a form.
struct FormPage {
  std::string_view title;
  std::string lead;
  std::string form;
};

http::Response show(Language language, const FormPage& page, const Error* error = nullptr) {
  std::string body = "<h1>" + say(language, page.title) + "</h1>\n";
  if (error != nullptr)
    body += "<p class=\"wrong\" role=\"alert\">" + escaped(say(language, *error)) + "</p>\n";
  if (!page.lead.empty()) body += "<p class=\"lead\">" + escaped(page.lead) + "</p>\n";
  return html(error == nullptr ? 200 : api::status_of(*error),
              whole_page(language, say(language, page.title), body + page.form));
}

std::string field(const http::Request& request, std::string_view name) {
  return std::string(http::find_field(request.form, name).value_or(""));
}

http::Response with_cookies(identity::SignedIn&& signed_in) {
  http::Response response = home();
  for (auto& cookie : signed_in.cookies) response.headers.push_back(std::move(cookie));
  return response;
}

FormPage sign_in_page(Language language) {
  return {"app.page_sign_in", {}, form_of(language, kSignIn, "app.button_sign_in")};
}

http::Response sign_in(api::Call& call, identity::Identity& identity) {
  identity::SignIn asked{field(call.request, "login"), field(call.request, "password"), {}};
  if (auto code = field(call.request, "code"); !code.empty()) asked.code = std::move(code);
  auto signed_in = identity.sign_in(call.request, asked);
  if (signed_in) return with_cookies(std::move(*signed_in));
  return show(call.language(), sign_in_page(call.language()), &signed_in.error());
}

FormPage link_page(Language language, const identity::LinkShown& link) {
  const std::span<const Field> fields(kNewPassword);
  return {
      "app.page_first_sign_in",
      say(language, "app.page_choose_password", {{"login", link.login}, {"name", link.name}}),
      form_of(language, link.code_needed ? fields : fields.first(2), "app.button_set_password")};
}

http::Response use_link(api::Call& call, identity::Identity& identity) {
  const std::string token(call.request.segment("once").value_or(""));
  const auto link = identity.show_link(token);
  const Language language = call.language();
  if (!link) return show(language, {"app.page_first_sign_in", {}, {}}, &link.error());
  const FormPage page = link_page(language, *link);
  const std::string password = field(call.request, "password");
  if (password != field(call.request, "again")) {
    const Error differ = fail(ErrorKind::invalid, "app.passwords_differ");
    return show(language, page, &differ);
  }
  std::optional<std::string> code;
  if (auto typed = field(call.request, "code"); !typed.empty()) code = std::move(typed);
  auto signed_in = identity.use_link(call.request, {token, password, std::move(code)});
  if (signed_in) return with_cookies(std::move(*signed_in));
  return show(language, page, &signed_in.error());
}

struct NewPassword {
  std::string password;
  std::string again;
};
BOOST_DESCRIBE_STRUCT(NewPassword, (), (password, again))

template <class Form>
void form_route(api::Routes& routes, std::string pattern, std::string_view name, api::Serve serve) {
  api::Operation& operation = routes.raw(Method::post, std::move(pattern),
                                         {name, {}, api::open_to_all()}, std::move(serve));
  operation.body_kind = http::BodyKind::upload;
  operation.body_limit = 64 * 1024;
  operation.run = http::Run::on_worker;
  operation.body = api::struct_schema<Form, api::Way::sent>;
  operation.status = 303;
  operation.answer_type = "text/html";
}

}  // namespace

void sign_in_pages(api::Routes& routes, identity::Identity& identity,
                   const http::StaticFiles* web) {
  api::Operation& page =
      routes.raw(Method::get, "/signin", {"system.sign_in_page", {}, api::open_to_all()},
                 [web](api::Call& call) {
                   if (web != nullptr) return web->index(call.request);
                   return show(call.language(), sign_in_page(call.language()));
                 });
  page.answer_type = "text/html";
  page.query = api::struct_schema<PageQuery, api::Way::sent>;
  form_route<identity::SignIn>(routes, "/signin", "system.sign_in_form",
                               [&](api::Call& call) { return sign_in(call, identity); });
  api::Operation& link =
      routes.raw(Method::get, "/signin/once/{once}", {"system.link_page", {}, api::open_to_all()},
                 [&identity, web](api::Call& call) {
                   if (web != nullptr) return web->index(call.request);
                   const auto shown = identity.show_link(call.request.segment("once").value_or(""));
                   if (shown) return show(call.language(), link_page(call.language(), *shown));
                   return show(call.language(), {"app.page_first_sign_in", {}, {}}, &shown.error());
                 });
  link.answer_type = "text/html";
  link.query = api::struct_schema<PageQuery, api::Way::sent>;
  link.run = http::Run::on_worker;
  form_route<NewPassword>(routes, "/signin/once/{once}", "system.link_form",
                          [&](api::Call& call) { return use_link(call, identity); });
}

}  // namespace jishi::app
