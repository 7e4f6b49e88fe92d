package io.tailrace.console.hosts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.Entry;
import io.tailrace.console.auth.Role;
import io.tailrace.console.entries.EntriesApi;
import io.tailrace.console.entries.EntryKeys;
import io.tailrace.console.entries.ListChecker;
import io.tailrace.console.entries.ListChecker.Checked;
import io.tailrace.console.http.Fields;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import java.util.List;
import java.util.function.Supplier;

/** Saying what would come of a change before it is made. */
public final class ValidateApi {
    private static final int MAX_KEY_CHARS = 1_000;

    private final EntryKeys keys;
    private final ListChecker checker;
    private final Supplier<Fleet> fleet;

    /**
     * Makes it.
     *
     * @param keys which lists there are
     * @param checker decides about lists
     * @param fleet what is known
     */
    public ValidateApi(EntryKeys keys, ListChecker checker, Supplier<Fleet> fleet) {
        this.keys = keys;
        this.checker = checker;
        this.fleet = fleet;
    }

    /**
     * What can be asked.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return List.of(new Route("POST", "/validate", Role.VIEWER, this::validate));
    }

    private Reply validate(Request request) {
        Fields body = request.body().only("key", "text", "entries", "delete");
        String key = body.required("key", MAX_KEY_CHARS);
        if (!keys.holds(key)) {
            throw Problem.badRequest("key", key, "is read by no agent, by the templates in entries.paths");
        }
        boolean delete = body.bool("delete", false);
        Checked checked = delete ? new Checked(List.of(), List.of()) : checker.check(EntriesApi.text(body));
        Fleet now = fleet.get();
        List<Entry> present = now.lists().entries(key);
        ObjectNode answer = Json.object().put("key", key).put("valid", checked.isGood());
        answer.set("problems", Problem.array(checked.problems()));
        answer.put("revision", now.lists().revision(key))
                .put("entries", checked.entries().size())
                .put(
                        "unchanged",
                        checked.isGood() && delete != now.lists().has(key) && present.equals(checked.entries()));
        if (checked.isGood()) {
            new DryRun(now, key, checked.entries()).tell(answer);
        }
        return Reply.ok(answer);
    }
}
