package io.tailrace.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.connect.filetail.entries.EntryProblem;
import java.util.List;

/** A request that isn't answered as its sender wished: a problem document of RFC 9457. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String TYPE_PREFIX = "urn:tailrace:problem:";

    private final int status;
    private final transient ObjectNode document;

    /**
     * Makes one.
     *
     * @param status HTTP's
     * @param type one of a few words, without spaces, that programs can rely on
     * @param title what kind of problem it is, the same for all of its type
     * @param detail a sentence on this one
     */
    public Problem(int status, String type, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        document = Json.object()
                .put("type", TYPE_PREFIX + type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }

    /**
     * Says more.
     *
     * @param name of a member
     * @param value its value
     * @return this
     */
    public Problem with(String name, JsonNode value) {
        document.set(name, value);
        return this;
    }

    /**
     * HTTP's status.
     *
     * @return from 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The document.
     *
     * @return a JSON object
     */
    public ObjectNode document() {
        return document;
    }

    /**
     * A parameter or a member of the body is wrong.
     *
     * @param field its name
     * @param value what stands there; may be empty
     * @param reason what is wrong with it, to be read after the value
     * @return status 400
     */
    public static Problem badRequest(String field, String value, String reason) {
        EntryProblem problem = new EntryProblem(0, field, value, reason);
        String detail = (field.isEmpty() ? "The request" : "'" + field + "'")
                + (problem.value().isEmpty() ? "" : ", value " + problem.value()) + ": " + reason;
        return new Problem(400, "bad-request", "The request is malformed", detail)
                .with("problems", array(List.of(problem)));
    }

    /**
     * There is no such thing.
     *
     * @param what a sentence
     * @return status 404
     */
    public static Problem notFound(String what) {
        return new Problem(404, "not-found", "Not found", what);
    }

    /**
     * A list of entries is refused.
     *
     * @param problems what is wrong with it, at least one
     * @return status 422
     */
    public static Problem invalidEntries(List<EntryProblem> problems) {
        return invalidEntries(problems.get(0).toString(), problems.size(), array(problems));
    }

    /**
     * Lists of entries are refused.
     *
     * @param first what is wrong first
     * @param count how much is wrong
     * @param problems what is wrong
     * @return status 422
     */
    public static Problem invalidEntries(String first, int count, ArrayNode problems) {
        String more = count > 1 ? "; and " + (count - 1) + " more" : "";
        return new Problem(422, "invalid-entries", "The list is refused", first + more).with("problems", problems);
    }

    /**
     * Problems as JSON.
     *
     * @param problems of a list
     * @return an array with an object for each
     */
    public static ArrayNode array(List<EntryProblem> problems) {
        ArrayNode array = Json.array();
        problems.forEach(problem -> array.add(node(problem)));
        return array;
    }

    /**
     * A problem as JSON.
     *
     * @param problem of a list
     * @return an object
     */
    public static ObjectNode node(EntryProblem problem) {
        return Json.object()
                .put("entry", problem.entryNumber())
                .put("field", problem.field())
                .put("value", problem.value())
                .put("reason", problem.reason());
    }
}
