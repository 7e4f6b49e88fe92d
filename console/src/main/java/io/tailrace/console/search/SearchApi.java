package io.tailrace.console.search;

import io.tailrace.console.auth.Role;
import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.console.http.Fields;
import io.tailrace.console.http.Problem;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looking for documents. */
public final class SearchApi {
    private static final int USUAL_HITS = 50;
    private static final int MAX_CURSOR_CHARS = 64 << 10;
    private static final int MAX_ID_CHARS = 1_000;

    private final Optional<Search> search;

    /**
     * Makes it.
     *
     * @param config what is searched, and how much
     * @param server empty if none is configured
     */
    public SearchApi(ConsoleConfig config, Optional<SearchServer> server) {
        this.search = server.map(
                one -> new Search(one, config.searchIndex(), config.searchTimeout(), config.searchHitsMax()));
    }

    /**
     * What can be asked.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/search", Role.VIEWER, this::find),
                new Route("POST", "/search/tail", Role.VIEWER, this::tail),
                new Route("GET", "/search/documents", Role.VIEWER, this::document));
    }

    private Search configured() {
        return search.orElseThrow(() -> new Problem(
                503,
                "search-not-configured",
                "No search is configured",
                "Set " + ConsoleConfig.ELASTICSEARCH_PREFIX + "connection.url to search logs"));
    }

    private Reply find(Request request) throws Exception {
        Fields body = request.body()
                .only(
                        "query",
                        "from",
                        "to",
                        "service",
                        "host",
                        "level",
                        "size",
                        "cursor",
                        "order",
                        "histogram",
                        "facets");
        int max = configured().maxHits();
        Search.Wanted wanted = new Search.Wanted(
                body.number("size", Math.min(USUAL_HITS, max), 1, max),
                descending(body),
                body.text("cursor", MAX_CURSOR_CHARS).map(Cursor::array),
                body.bool("histogram", false),
                body.bool("facets", false));
        return Reply.ok(configured().find(Query.of(body, request.now()), wanted, request.now()));
    }

    private static boolean descending(Fields body) {
        String order = body.text("order", 10).orElse("desc");
        if (!order.equals("desc") && !order.equals("asc")) {
            throw Problem.badRequest("order", order, "must be asc or desc");
        }
        return order.equals("desc");
    }

    private Reply tail(Request request) throws Exception {
        Fields body = request.body().only("query", "service", "host", "level", "cursor");
        Query query = Query.between(body, request.now(), request.now());
        return Reply.ok(
                configured().tail(query, body.text("cursor", MAX_CURSOR_CHARS).map(Cursor::object), request.now()));
    }

    private Reply document(Request request) throws Exception {
        request.allowQuery(Set.of("index", "id"));
        String id = request.query("id");
        if (id.isEmpty() || id.length() > MAX_ID_CHARS) {
            throw Problem.badRequest("id", id, "must be a document's id");
        }
        return Reply.ok(configured().document(request.query("index"), id));
    }
}
