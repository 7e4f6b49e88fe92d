package io.tailrace.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.tailrace.console.auth.Caller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A request for the API: parameters with their checks, and who asks. */
public final class Request {
    private static final int MAX_TEXT_CHARS = 2_000;

    private final Context context;
    private final Caller caller;
    private final Instant now;
    private final int maxBodyBytes;

    /**
     * Wraps one.
     *
     * @param context what Javalin has of it
     * @param caller who asks
     * @param now when it came
     * @param maxBodyBytes larger ones are refused
     */
    public Request(Context context, Caller caller, Instant now, int maxBodyBytes) {
        this.context = context;
        this.caller = caller;
        this.now = now;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Who asks.
     *
     * @return the caller
     */
    public Caller caller() {
        return caller;
    }

    /**
     * When it came.
     *
     * @return a time
     */
    public Instant now() {
        return now;
    }

    /**
     * A part of the path.
     *
     * @param name as in the route
     * @return its decoded text
     */
    public String path(String name) {
        return context.pathParam(name);
    }

    /**
     * A key of etcd that is the rest of the path.
     *
     * @return it, with its first slash
     */
    public String key() {
        return "/" + context.pathParam("key");
    }

    /**
     * A parameter behind the question mark.
     *
     * @param name its name
     * @return its text; empty text if it is missing
     */
    public String query(String name) {
        String value = context.queryParam(name);
        if (value != null && value.length() > MAX_TEXT_CHARS) {
            throw Problem.badRequest(name, "", "is longer than " + MAX_TEXT_CHARS + " characters");
        }
        return value == null ? "" : value;
    }

    /**
     * A number behind the question mark.
     *
     * @param name its name
     * @param defaultValue if it is missing
     * @param min least
     * @param max most
     * @return the number
     */
    public int number(String name, int defaultValue, int min, int max) {
        String text = query(name);
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw Problem.badRequest(name, text, "must be a number from " + min + " to " + max);
        }
        throw Problem.badRequest(name, text, "must be a number from " + min + " to " + max);
    }

    /**
     * Refuses parameters behind the question mark that nobody asks for.
     *
     * @param known all that there are
     */
    public void allowQuery(Set<String> known) {
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                throw Problem.badRequest(name, "", "is no parameter here");
            }
        }
    }

    /**
     * A header.
     *
     * @param name its name
     * @return its text
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    /**
     * The revision that something must still have.
     *
     * @return that of {@code If-Match}, 0 for {@code If-None-Match: *}; empty if neither is there
     */
    public OptionalLong expected() {
        Optional<String> match = header("If-Match").map(String::strip);
        Optional<String> none = header("If-None-Match").map(String::strip);
        if (match.isPresent() && none.isPresent()) {
            throw Problem.badRequest("If-None-Match", none.get(), "can't be there together with If-Match");
        }
        if (none.isPresent()) {
            if (!none.get().equals("*")) {
                throw Problem.badRequest("If-None-Match", none.get(), "must be *, which means: only if it isn't there");
            }
            return OptionalLong.of(0);
        }
        return match.isPresent() ? OptionalLong.of(revision(match.get())) : OptionalLong.empty();
    }

    private static long revision(String tag) {
        try {
            if (tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
                long revision = Long.parseLong(tag.substring(1, tag.length() - 1));
                if (revision > 0) {
                    return revision;
                }
            }
        } catch (NumberFormatException e) {
            throw Problem.badRequest("If-Match", tag, "must be one ETag as it was sent, such as \"42\"");
        }
        throw Problem.badRequest("If-Match", tag, "must be one ETag as it was sent, such as \"42\"");
    }

    /**
     * The same, which must be there.
     *
     * @return a revision, or 0
     */
    public long required() {
        return expected()
                .orElseThrow(() -> new Problem(
                        428,
                        "precondition-required",
                        "A condition is needed",
                        "Say which version this change is based on: If-Match with the ETag of what you have seen, or If-None-Match: *"
                                + " if there was nothing"));
    }

    /**
     * The body, which must be a JSON object.
     *
     * @return its members
     */
    public Fields body() {
        String type = Optional.ofNullable(context.contentType()).orElse("");
        if (!type.equals("application/json") && !type.matches("application/json *;.*")) {
            throw new Problem(
                    415,
                    "unsupported-media-type",
                    "The body must be JSON",
                    "The body must be sent as application/json");
        }
        try {
            JsonNode node = Json.read(decoded(Bodies.read(context.req(), maxBodyBytes)));
            if (node instanceof ObjectNode object) {
                return new Fields(object);
            }
            throw Problem.badRequest("", "", "the body must be a JSON object");
        } catch (JsonProcessingException e) {
            String at = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw Problem.badRequest("", "", "the body is not valid JSON" + at);
        } catch (IOException e) {
            throw Problem.badRequest("", "", "the body could not be read");
        }
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.badRequest("", "", "the body is not UTF-8 text");
        }
    }

    /**
     * What Javalin has of it, for what only HTTP is about.
     *
     * @return the context
     */
    public Context context() {
        return context;
    }
}
