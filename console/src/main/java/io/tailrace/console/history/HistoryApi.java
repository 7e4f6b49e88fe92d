package io.tailrace.console.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.etcd.client.EtcdFailure;
import io.tailrace.console.auth.Role;
import io.tailrace.console.entries.Editor;
import io.tailrace.console.entries.EntryDiff;
import io.tailrace.console.entries.EntryKeys;
import io.tailrace.console.entries.KeyState;
import io.tailrace.console.entries.ListChecker;
import io.tailrace.console.entries.ListChecker.Checked;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import io.tailrace.console.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looking at what became of keys. */
public final class HistoryApi {
    private static final int MAX_DIFF_ENTRIES = 500;

    private final EntryKeys keys;
    private final ListChecker checker;
    private final Editor editor;
    private final Histories histories;
    private final Store store;

    /**
     * Makes it.
     *
     * @param keys which there are
     * @param checker reads lists
     * @param editor knows the present
     * @param histories know the past
     * @param store etcd
     */
    public HistoryApi(EntryKeys keys, ListChecker checker, Editor editor, Histories histories, Store store) {
        this.keys = keys;
        this.checker = checker;
        this.editor = editor;
        this.histories = histories;
        this.store = store;
    }

    /**
     * What can be asked.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/history", Role.VIEWER, this::newest),
                new Route("GET", "/history/<key>", Role.VIEWER, this::ofKey));
    }

    private Reply newest(Request request) throws Exception {
        request.allowQuery(Set.of("author", "offset", "limit"));
        String author = request.query("author");
        int offset = request.number("offset", 0, 0, 1_000_000);
        int limit = request.number("limit", 100, 1, 1_000);
        List<Version> all = histories.newest(store).stream()
                .filter(version -> author.isEmpty() || version.author().equals(author))
                .toList();
        ObjectNode body = Json.object().put("total", all.size()).put("offset", offset);
        ArrayNode versions = body.putArray("versions");
        all.stream().skip(offset).limit(limit).forEach(version -> versions.add(VersionJson.told(version)));
        return Reply.ok(body);
    }

    private Reply ofKey(Request request) throws Exception {
        request.allowQuery(Set.of("version"));
        String key = request.key();
        if (!keys.holds(key)) {
            throw Problem.notFound("No agent reads " + key + ", by the templates in entries.paths");
        }
        String id = request.query("version");
        return Reply.ok(id.isEmpty() ? list(key) : version(key, id));
    }

    private ObjectNode list(String key) throws EtcdFailure, InterruptedException {
        KeyState state = editor.state(key);
        ObjectNode body =
                Json.object().put("key", key).put("revision", state.revision()).put("outside", state.isFromOutside());
        ArrayNode versions = body.putArray("versions");
        histories.list(store, key).forEach(version -> versions.add(VersionJson.told(version)));
        return body;
    }

    private ObjectNode version(String key, String id) throws EtcdFailure, InterruptedException {
        Version version = histories
                .read(store, key, id)
                .orElseThrow(() -> Problem.notFound("There is no version " + id + " of " + key));
        Optional<Version> previous = previous(key, id);
        boolean fromThere = !version.outsideBefore() && previous.isPresent();
        Optional<String> before = fromThere ? previous.flatMap(Version::after) : version.before();
        boolean known = version.outsideBefore() || previous.isPresent() || version.previousRevision() == 0;
        ObjectNode body = VersionJson.told(version)
                .put("before", before.orElse(null))
                .put("before_known", known)
                .put("after", version.after().orElse(null));
        body.set("diff", NullNode.instance);
        if (known) {
            diff(before, version.after()).ifPresent(diff -> body.set("diff", diff));
        }
        return body;
    }

    private Optional<Version> previous(String key, String id) throws EtcdFailure, InterruptedException {
        List<String> ids = histories.ids(store, key);
        int index = ids.indexOf(id);
        return index > 0 ? histories.read(store, key, ids.get(index - 1)) : Optional.empty();
    }

    private Optional<ObjectNode> diff(Optional<String> before, Optional<String> after) {
        Checked old = checker.check(before.orElse("[]"));
        Checked now = checker.check(after.orElse("[]"));
        return old.isGood() && now.isGood()
                ? Optional.of(EntryDiff.of(old.entries(), now.entries())
                        .json("added", "removed", "changed", MAX_DIFF_ENTRIES))
                : Optional.empty();
    }
}
