package io.tailrace.console.entries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.connect.filetail.entries.EntriesJson;
import io.tailrace.console.auth.Role;
import io.tailrace.console.entries.ListChecker.Checked;
import io.tailrace.console.history.Histories;
import io.tailrace.console.history.Version;
import io.tailrace.console.history.Version.Action;
import io.tailrace.console.http.Fields;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import io.tailrace.console.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reading and changing single keys. */
public final class EntriesApi {
    /** Most characters of a comment. */
    public static final int MAX_COMMENT_CHARS = 500;

    private static final int MAX_HOSTS_TOLD = 1_000;

    private final EntryKeys keys;
    private final ListChecker checker;
    private final Editor editor;
    private final Histories histories;
    private final Store store;
    private final Function<String, List<String>> readers;

    /**
     * Makes it.
     *
     * @param keys which there are
     * @param checker decides about lists
     * @param editor changes keys
     * @param histories knows versions
     * @param store etcd
     * @param readers tells the hosts that read a key
     */
    public EntriesApi(
            EntryKeys keys,
            ListChecker checker,
            Editor editor,
            Histories histories,
            Store store,
            Function<String, List<String>> readers) {
        this.keys = keys;
        this.checker = checker;
        this.editor = editor;
        this.histories = histories;
        this.store = store;
        this.readers = readers;
    }

    /**
     * What can be asked.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/entries/<key>", Role.VIEWER, this::get),
                new Route("PUT", "/entries/<key>", Role.EDITOR, this::put),
                new Route("DELETE", "/entries/<key>", Role.EDITOR, this::delete),
                new Route("POST", "/rollback", Role.EDITOR, this::rollback));
    }

    private Reply get(Request request) throws Exception {
        request.allowQuery(Set.of());
        String key = known(request.key());
        KeyState state = editor.state(key);
        if (state.item().isEmpty()) {
            throw Problem.notFound("There is no key " + key)
                    .with("key", Json.object().put("key", key).path("key"))
                    .with("revision", Json.object().put("revision", 0).path("revision"));
        }
        return told(state, 200);
    }

    private Reply put(Request request) throws Exception {
        String key = known(request.key());
        long expected = request.required();
        Fields body = request.body().only("text", "entries", "comment");
        String text = text(body);
        Checked checked = checker.check(text);
        if (!checked.isGood()) {
            throw Problem.invalidEntries(checked.problems());
        }
        Change change = new Change(
                key,
                Optional.of(text),
                checked.entries().size(),
                Action.PUT,
                request.caller().user(),
                comment(body),
                Optional.empty(),
                Optional.empty());
        return changed(change, expected, request);
    }

    private Reply delete(Request request) throws Exception {
        request.allowQuery(Set.of("comment"));
        String key = known(request.key());
        long expected = request.required();
        String comment = request.query("comment");
        if (comment.length() > MAX_COMMENT_CHARS) {
            throw Problem.badRequest("comment", "", "is longer than " + MAX_COMMENT_CHARS + " characters");
        }
        Change change = new Change(
                key,
                Optional.empty(),
                0,
                Action.DELETE,
                request.caller().user(),
                comment,
                Optional.empty(),
                Optional.empty());
        return changed(change, expected, request);
    }

    private Reply rollback(Request request) throws Exception {
        long expected = request.required();
        Fields body = request.body().only("key", "version", "comment");
        String key = known(body.required("key", 1_000));
        String id = body.required("version", 100);
        Version version = histories
                .read(store, key, id)
                .orElseThrow(() -> Problem.notFound("There is no version " + id + " of " + key));
        Optional<Checked> checked = version.after().map(checker::check);
        checked.filter(found -> !found.isGood()).ifPresent(found -> {
            throw Problem.invalidEntries(found.problems());
        });
        Change change = new Change(
                key,
                version.after(),
                checked.map(found -> found.entries().size()).orElse(0),
                Action.ROLLBACK,
                request.caller().user(),
                comment(body),
                Optional.of(id),
                Optional.empty());
        return changed(change, expected, request);
    }

    private Reply changed(Change change, long expected, Request request) throws EtcdFailure, InterruptedException {
        KeyState after = editor.change(change, expected, request.now());
        if (after.item().isEmpty()) {
            return Reply.ok(Json.object()
                    .put("key", change.key())
                    .put("revision", 0)
                    .put(
                            "deleted_at_revision",
                            after.newest().map(Version::revision).orElse(0L))
                    .put("version", after.newest().map(Version::id).orElse(null))
                    .put("changed", expected != 0));
        }
        Reply reply = told(after, expected == 0 ? 201 : 200);
        ((ObjectNode) reply.body().orElseThrow()).put("changed", after.revision() != expected);
        return reply;
    }

    private String known(String key) {
        if (!keys.holds(key)) {
            throw Problem.notFound("No agent reads " + key + ", by the templates in entries.paths");
        }
        return key;
    }

    private static String comment(Fields body) {
        return body.text("comment", MAX_COMMENT_CHARS).orElse("");
    }

    /**
     * The list that a body has as text or as entries.
     *
     * @param body with one of the two
     * @return the text
     * @throws Problem 400 if there are both or none
     */
    public static String text(Fields body) {
        Optional<String> text = body.text("text", EntriesJson.MAX_CHARS + 1);
        Optional<ArrayNode> entries = body.array("entries");
        if (text.isPresent() == entries.isPresent()) {
            throw Problem.badRequest("text", "", "exactly one of text and entries must be there");
        }
        return text.orElseGet(() -> ListChecker.text(entries.orElseThrow()));
    }

    private Reply told(KeyState state, int status) {
        Optional<Version> made = state.madeBy();
        List<String> hosts = readers.apply(state.key());
        String text = state.text().orElse("");
        Optional<Checked> checked = state.text().map(checker::check);
        JsonNode entries = ListChecker.nodes(text).<JsonNode>map(array -> array).orElse(NullNode.instance);
        ObjectNode body = Json.object()
                .put("key", state.key())
                .put("revision", state.revision())
                .put("text", text);
        body.set("entries", entries);
        body.set("problems", Problem.array(checked.map(Checked::problems).orElse(List.of())));
        body.set("hosts", Json.texts(hosts.stream().limit(MAX_HOSTS_TOLD).toList()));
        body.put("hosts_total", hosts.size())
                .put("version", made.map(Version::id).orElse(null))
                .put("author", made.map(Version::author).orElse(null))
                .put("time", made.map(Version::time).orElse(null))
                .put("comment", made.map(Version::comment).orElse(null));
        return Reply.of(status, body).etag(state.revision());
    }
}
