#pragma once
// A module's routes: each is a line that names its address, its permission and its function. Shapes
// are those of the function's own types; the OpenAPI document is made from the same lines.

#include <functional>

#include "api/call.hpp"
#include "api/export/export.hpp"
#include "api/json_text.hpp"
#include "api/problem.hpp"
#include "api/query.hpp"
#include "api/schema.hpp"
#include "platform/http/server.hpp"

namespace jishi::api {

/// What a route is for and who may use it. `name` is the code of the text that says what it does,
/// and the operation's id.
struct About {
  std::string_view name;
  Permission permission;  // empty for what is open or one's own
  Subject subject;
};

using Serve = std::function<http::Response(Call&)>;
using MakeSchema = boost::json::object (*)(Schemas&);

/// A list as it goes whole into a table: by ?format=csv, or as a job.
struct Listed {
  std::vector<std::string> columns;
  std::vector<std::string> personal;  // columns that are masked in it, and go along for a purpose
  /// Reads the query, and looks for the first row.
  std::function<Result<Done>(Call&)> check;
  std::function<Result<Done>(Call&, const TableAsked&, TableRows&)> write;
  /// How many rows it will have; empty where nothing says so at once.
  std::function<std::optional<std::int64_t>(Call&)> count;
};

/// How a list is read when it goes whole into a table, whose rows are `Line`s.
template <class Row, class Line = Row>
struct WholeList {
  int page = kExportPage;  // rows that are asked of it at a time
  std::vector<std::string> personal = {};
  /// The value of a personal column.
  std::function<std::string(Call&, db::Reader&, const Row&, std::string_view column)> unmasked = {};
  std::function<std::optional<std::int64_t>(Call&)> count = {};  // of its rows
  /// The lines of a row that holds a list itself; needed where these are not the rows.
  std::function<std::vector<Line>(const Row&)> lines = {};
};

/// One route: how it is served and how it is described.
struct Operation {
  http::Method method = http::Method::get;
  std::string pattern;
  About about;
  http::Run run = http::Run::here;
  http::BodyKind body_kind = http::BodyKind::none;
  std::uint64_t body_limit = 1U << 20;
  std::chrono::milliseconds time_limit{30'000};
  int status = 200;
  std::string_view answer_type = "application/json";  // several with ", " between them
  bool command = false;        // may be previewed and takes an Idempotency-Key
  bool previewed = false;      // has ?preview=true
  bool table = false;          // answers with a table only
  bool conditional = false;    // takes If-Match
  bool metered = true;         // counts towards the requests of its account
  std::optional<Listed> list;  // also goes as a table
  MakeSchema query = nullptr;
  MakeSchema body = nullptr;
  MakeSchema answer = nullptr;
  Serve serve;
};

/// Reads the JSON body, with the segments of the address in it as members of their names.
Result<boost::json::value> body_with_segments(const http::Request& request,
                                              const std::vector<std::string_view>& members);

/// The entity tag of a text: quoted, strong.
std::string entity_tag(std::string_view text);

/// Holds If-Match against the tag of what stands. Fails with api.if_match_missing (428) and
/// api.changed_meanwhile (412).
Result<Done> check_if_match(const http::Request& request, std::string_view tag);

/// What a command's address may say beside its subject.
struct CommandQuery {
  bool preview = false;
};
BOOST_DESCRIBE_STRUCT(CommandQuery, (), (preview))

template <class T>
struct PageRow;
template <class Row>
struct PageRow<Page<Row>> {
  using type = Row;
};

/// A page of the list, as a table takes it.
template <class Row, class Line>
Result<Done> write_page(Call& call, const std::vector<Row>& items,
                        const WholeList<Row, Line>& whole, const TableAsked& asked,
                        TableRows& rows) {
  const auto add = [&](db::Reader* reader) -> Result<Done> {
    for (const Row& row : items) {
      if constexpr (!std::is_same_v<Row, Line>) {
        for (const Line& line : whole.lines(row)) {
          if (const auto added = rows.add(cells_of(line)); !added) return added.error();
        }
        continue;
      }
      auto cells = cells_of(row);
      for (const std::string& column : asked.personal)
        cells.emplace_back(whole.unmasked(call, *reader, row, column));
      if (const auto added = rows.add(std::move(cells)); !added) return added.error();
    }
    return Done{};
  };
  if (asked.personal.empty()) return add(nullptr);
  return call.store.read([&](db::Reader& reader) { return add(&reader); });
}

/// The whole list, page after page, as a table.
template <class Query, class Function, class Row, class Line>
Result<Done> write_pages(Call& call, Query query, const Function& function,
                         const WholeList<Row, Line>& whole, const TableAsked& asked,
                         TableRows& rows) {
  constexpr bool kPaged = requires {
    query.after, query.limit;
  };
  if constexpr (kPaged) query.limit = whole.page;
  while (true) {
    const auto page = function(call, std::as_const(query));
    if (!page) return page.error();
    const auto written = write_page(call, page->items, whole, asked, rows);
    if (!written || !page->next) return written;
    if constexpr (kPaged) {
      using After = typename decltype(query.after)::value_type;
      if constexpr (std::is_same_v<After, std::string>) {
        query.after = *page->next;
      } else {
        query.after = std::stoll(*page->next);  // what the list itself wrote
      }
    }
  }
}

/// Answers with the list as a table where the request asks for one and the caller may take lists
/// along; `plain` otherwise.
http::Response list_or_table(Call& call, std::string_view name, const Listed& listed,
                             const Serve& plain);

/// The answer of a function: its value as JSON, or its error as a problem.
template <class Answer>
http::Response answer(Call& call, const Result<Answer>& result) {
  if (!result) return problem(call.request, call.language(), result.error());
  http::Response response;
  response.content_type = "application/json";
  response.body = json_text(*result);
  return response;
}

/// Does a command once: `work` in a transaction, previewed where the request asks for it, and with
/// an Idempotency-Key the answer of the first time.
http::Response run_command(
    Call& call, const std::function<Result<std::string>(Transaction&, int& status)>& work);

template <class T>
std::vector<std::string_view> member_names() {
  std::vector<std::string_view> names;
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) { names.emplace_back(member.name); });
  return names;
}

/// Where modules put their routes.
class Routes {
 public:
  /// `function(Call&, const Query&)`, which returns a Result; on the connection's thread: for what
  /// takes well under a millisecond.
  template <class Query, class Function>
  Operation& get(std::string pattern, const About& about, Function function) {
    using Answer = typename std::invoke_result_t<Function&, Call&, const Query&>::value_type;
    Operation& operation = add(http::Method::get, std::move(pattern), about);
    operation.query = struct_schema<Query, Way::sent>;
    operation.answer = schema_of<Answer, Way::answered>;
    operation.serve = [function](Call& call) {
      const auto query = query_in<Query>(call.request);
      if (!query) return problem(call.request, call.language(), query.error());
      return answer(call, function(call, *query));
    };
    return operation;
  }

  /// The same for what takes longer: on a worker.
  template <class Query, class Function>
  Operation& get_slowly(std::string pattern, const About& about, Function function) {
    Operation& operation = get<Query>(std::move(pattern), about, std::move(function));
    operation.run = http::Run::on_worker;
    return operation;
  }

  /// A list of described rows, as a page of JSON or whole as a table; on a worker. Where `Query`
  /// has `after` and `limit` it is read page by page.
  template <class Query, class Function>
  Operation& list(std::string pattern, const About& about, Function function) {
    using Answer = typename std::invoke_result_t<Function&, Call&, const Query&>::value_type;
    return list<Query>(std::move(pattern), about, std::move(function),
                       WholeList<typename PageRow<Answer>::type>{});
  }

  /// The same, with how it is read whole.
  template <class Query, class Function, class Row, class Line>
  Operation& list(std::string pattern, const About& about, Function function,
                  WholeList<Row, Line> whole) {
    Operation& operation = get_slowly<Query>(std::move(pattern), about, function);
    Listed listed{columns_of<Line>(), whole.personal, {}, {}, whole.count};
    listed.check = [function](Call& call) -> Result<Done> {
      auto query = list_query_in<Query>(call.request);
      if (!query) return query.error();
      if constexpr (requires { query->limit; }) query->limit = 1;
      const auto page = function(call, std::as_const(*query));
      if (!page) return page.error();
      return Done{};
    };
    listed.write = [function, whole = std::move(whole)](Call& call, const TableAsked& asked,
                                                        TableRows& rows) -> Result<Done> {
      const auto query = list_query_in<Query>(call.request);
      if (!query) return query.error();
      return write_pages(call, *query, function, whole, asked, rows);
    };
    const auto plain = [function](Call& call) {
      const auto query = list_query_in<Query>(call.request);
      if (!query) return problem(call.request, call.language(), query.error());
      return answer(call, function(call, *query));
    };
    operation.serve = [name = about.name, listed, plain](Call& call) {
      return list_or_table(call, name, listed, plain);
    };
    operation.list = std::move(listed);
    return operation;
  }

  /// `Result<http::Response> function(Call&, const Body&)`: makes a file of what the body asks for;
  /// on a worker.
  template <class Body, class Function>
  Operation& file(std::string pattern, const About& about, Function function) {
    Operation& operation = add(http::Method::post, std::move(pattern), about);
    describe_body<Body>(operation);
    operation.table = true;
    operation.serve = [function](Call& call) {
      const auto body = read_body<Body>(call.request);
      if (!body) return problem(call.request, call.language(), body.error());
      auto made = function(call, *body);
      if (!made) return problem(call.request, call.language(), made.error());
      return std::move(*made);
    };
    return operation;
  }

  /// `function(Call&, const Body&)`, which returns a Result, for what is not one transaction of its
  /// own; on a worker.
  template <class Body, class Function>
  Operation& act(http::Method method, std::string pattern, const About& about, Function function) {
    using Answer = typename std::invoke_result_t<Function&, Call&, const Body&>::value_type;
    Operation& operation = add(method, std::move(pattern), about);
    describe_body<Body>(operation);
    operation.answer = schema_of<Answer, Way::answered>;
    operation.serve = [function](Call& call) {
      const auto body = read_body<Body>(call.request);
      if (!body) return problem(call.request, call.language(), body.error());
      return answer(call, function(call, *body));
    };
    return operation;
  }

  /// `Result<Answer> work(Transaction&, const Command&)`: one durable command, with preview and
  /// Idempotency-Key.
  template <class Answer, class Command>
  Operation& command(http::Method method, std::string pattern, const About& about,
                     Result<Answer> (*work)(Transaction&, const Command&)) {
    return command_with<Command>(method, std::move(pattern), about, work);
  }

  /// The same of a function that holds what it needs.
  template <class Command, class Work>
  Operation& command_with(http::Method method, std::string pattern, const About& about, Work work) {
    return command_as<Command>(
        method, std::move(pattern), about,
        [work](Transaction& tx, const Call&, const Command& command) { return work(tx, command); });
  }

  /// The same of one that looks at who asks: `Result<Answer> work(Transaction&, Call&, const
  /// Command&)`.
  template <class Command, class Work>
  Operation& command_as(http::Method method, std::string pattern, const About& about, Work work) {
    using Answer =
        typename std::invoke_result_t<Work&, Transaction&, Call&, const Command&>::value_type;
    Operation& operation = add(method, std::move(pattern), about);
    describe_body<Command>(operation);
    operation.answer = schema_of<Answer, Way::answered>;
    operation.command = true;
    operation.previewed = true;
    operation.serve = [work](Call& call) {
      const auto command = read_body<Command, CommandQuery>(call.request);
      if (!command) return problem(call.request, call.language(), command.error());
      return run_command(call, [&](Transaction& tx, int&) -> Result<std::string> {
        const auto done = work(tx, call, *command);
        if (!done) return done.error();
        return json_text(*done);
      });
    };
    return operation;
  }

  /// An edit of what `page` shows: `Result<Answer> page(db::Reader&, const Call&)` is also what the
  /// GET of the same address answers, and If-Match must hold its entity tag; then
  /// `Result<Done> work(Transaction&, const Call&, const Body&)`, in the same transaction. Answers
  /// with the page as it is then. Whoever edited first wins; the other is told (412).
  template <class Body, class Page, class Work>
  Operation& edit(std::string pattern, const About& about, Page page, Work work) {
    using Answer = typename std::invoke_result_t<Page&, db::Reader&, const Call&>::value_type;
    Operation& operation = add(http::Method::patch, std::move(pattern), about);
    describe_body<Body>(operation);
    operation.answer = schema_of<Answer, Way::answered>;
    operation.command = true;
    operation.previewed = true;
    operation.conditional = true;
    operation.serve = [page, work](Call& call) {
      const auto body = read_body<Body, CommandQuery>(call.request);
      if (!body) return problem(call.request, call.language(), body.error());
      return run_command(call, [&](Transaction& tx, int&) -> Result<std::string> {
        const auto before = page(tx, call);
        if (!before) return before.error();
        if (const auto same = check_if_match(call.request, entity_tag(json_text(*before))); !same)
          return same.error();
        if (const auto done = work(tx, call, *body); !done) return done.error();
        const auto after = page(tx, call);
        if (!after) return after.error();
        return json_text(*after);
      });
    };
    return operation;
  }

  /// A function that makes its own answer: files, streams.
  Operation& raw(http::Method method, std::string pattern, const About& about, Serve serve) {
    Operation& operation = add(method, std::move(pattern), about);
    operation.serve = std::move(serve);
    return operation;
  }

  const std::vector<Operation>& all() const { return operations_; }

  /// The query of a GET, without what every one takes.
  template <class Query>
  static Result<Query> query_in(const http::Request& request) {
    return from_query<Query>(without(request.query, {"fields"}));
  }
  /// The same of a list, which also takes a format.
  template <class Query>
  static Result<Query> list_query_in(const http::Request& request) {
    return from_query<Query>(without(request.query, {"fields", "format"}));
  }

 private:
  Operation& add(http::Method method, std::string pattern, const About& about);
  static http::Fields without(const http::Fields& query,
                              std::initializer_list<std::string_view> names);

  /// The body, once the query holds nothing but what the route knows: done for good with a misspelt
  /// `preview` it would be a surprise.
  template <class Body, class Query = Nothing>
  static Result<Body> read_body(const http::Request& request) {
    if (const auto query = from_query<Query>(request.query); !query) return query.error();
    const auto json = body_with_segments(request, member_names<Body>());
    if (!json) return json.error();
    return from_json<Body>(*json);
  }

  template <class Body>
  static void describe_body(Operation& operation) {
    operation.run = http::Run::on_worker;
    if (member_names<Body>().empty()) return;
    operation.body_kind = http::BodyKind::json;
    operation.body = struct_schema<Body, Way::sent>;
  }

  std::vector<Operation> operations_;
};

}  // namespace jishi::api
