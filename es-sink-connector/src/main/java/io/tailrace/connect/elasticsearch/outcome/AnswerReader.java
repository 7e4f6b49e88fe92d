package io.tailrace.connect.elasticsearch.outcome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tailrace.connect.elasticsearch.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads answers; those to bulk requests as a stream. Has no state. */
public final class AnswerReader {

    private final JsonFactory json = new JsonFactory();
    private final ObjectMapper trees = new ObjectMapper();
    private final boolean targetsAwaited;

    /** A reader. */
    public AnswerReader() {
        this(false);
    }

    /**
     * A reader.
     *
     * @param targetsAwaited whether documents wait for a target that isn't there
     */
    public AnswerReader(boolean targetsAwaited) {
        this.targetsAwaited = targetsAwaited;
    }

    /**
     * Reads an answer.
     *
     * @param answer the answer
     * @param size how many operations the request held
     * @return what it means; an answer that can't be understood counts as none
     */
    public Verdict read(Answer answer, int size) {
        if (answer instanceof Answer.Answered answered) {
            return answered.status() == 200 ? items(answered.body(), size) : refused(answered);
        }
        Throwable cause = ((Answer.Unanswered) answer).cause();
        return new Verdict.RetryAll(RetryCause.of(cause), String.valueOf(cause));
    }

    /**
     * Reads an answer to a request that isn't a bulk request.
     *
     * @param answer the answer
     * @return what it means
     */
    public RequestOutcome readRequest(Answer answer) {
        if (answer instanceof Answer.Answered answered) {
            ServerError error = requestError(answered);
            return new RequestOutcome(answered.status(), error.type(), error.toString());
        }
        return new RequestOutcome(0, "", String.valueOf(((Answer.Unanswered) answer).cause()));
    }

    /**
     * Reads an answer to a question.
     *
     * @param answer the answer
     * @return what it means; a 200 that is no JSON object comes from something on the way and counts as no answer
     */
    public LookupOutcome readLookup(Answer answer) {
        if (answer instanceof Answer.Answered answered && answered.status() == 200) {
            try {
                JsonNode json = trees.readTree(answered.body());
                return json.isObject()
                        ? new LookupOutcome(new RequestOutcome(200, "", "200"), json)
                        : unanswered("it is no JSON object");
            } catch (IOException e) {
                return unanswered(e.getMessage());
            }
        }
        return new LookupOutcome(readRequest(answer), MissingNode.getInstance());
    }

    private static LookupOutcome unanswered(String why) {
        return new LookupOutcome(new RequestOutcome(0, "", "unreadable answer: " + why), MissingNode.getInstance());
    }

    private Verdict items(InputStream body, int size) {
        List<ItemOutcome> outcomes = new ArrayList<>(size);
        try (JsonParser parser = json.createParser(body)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isItems = parser.currentName().equals("items");
                if (parser.nextToken() == JsonToken.START_ARRAY && isItems) {
                    items(parser, outcomes);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            return new Verdict.RetryAll(RetryCause.UNREADABLE, "unreadable answer: " + e.getMessage());
        }
        if (outcomes.size() != size) {
            return new Verdict.RetryAll(
                    RetryCause.UNREADABLE, "the answer has " + outcomes.size() + " items for " + size + " operations");
        }
        return new Verdict.Items(outcomes);
    }

    private void items(JsonParser parser, List<ItemOutcome> outcomes) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            expect(parser.nextToken(), JsonToken.FIELD_NAME);
            String operation = parser.currentName();
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            outcomes.add(ItemOutcome.of(operation, itemError(parser), targetsAwaited));
            expect(parser.nextToken(), JsonToken.END_OBJECT);
        }
        expect(parser.currentToken(), JsonToken.END_ARRAY);
    }

    private static ServerError itemError(JsonParser parser) throws IOException {
        ServerError error = error(parser, 0);
        if (error.status() == 0) {
            throw new IOException("an item has no status");
        }
        return error;
    }

    /** Reads an object with {@code status} and {@code error}, from after its opening brace to its closing one. */
    private static ServerError error(JsonParser parser, int defaultStatus) throws IOException {
        int status = defaultStatus;
        ServerError error = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("status") && token == JsonToken.VALUE_NUMBER_INT) {
                status = parser.getIntValue();
            } else if (name.equals("error") && token == JsonToken.START_OBJECT) {
                error = typeAndReason(parser);
            } else if (name.equals("error") && token == JsonToken.VALUE_STRING) {
                error = new ServerError(0, null, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        expect(parser.currentToken(), JsonToken.END_OBJECT);
        return error == null
                ? new ServerError(status, null, null)
                : new ServerError(status, error.type(), error.reason());
    }

    private static ServerError typeAndReason(JsonParser parser) throws IOException {
        String type = null;
        String reason = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("type") && token == JsonToken.VALUE_STRING) {
                type = parser.getText();
            } else if (name.equals("reason") && token == JsonToken.VALUE_STRING) {
                reason = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return new ServerError(0, type, reason);
    }

    private Verdict refused(Answer.Answered answered) {
        ServerError error = requestError(answered);
        int status = answered.status();
        if (error.type().isEmpty() && (status == 400 || status == 404)) {
            // The server names a type; this is something on the way, and speaks of no document.
            RetryCause cause = status == 400 ? RetryCause.UNREADABLE : RetryCause.UNAVAILABLE;
            return new Verdict.RetryAll(cause, error.toString());
        }
        if (status == 400 || status == 413) {
            return new Verdict.Split(error);
        }
        if (ItemOutcome.isRetryable(status)) {
            return new Verdict.RetryAll(RetryCause.of(error), error.toString());
        }
        return new Verdict.Fatal(error);
    }

    private ServerError requestError(Answer.Answered answered) {
        try (JsonParser parser = json.createParser(answered.body())) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            ServerError error = error(parser, answered.status());
            return new ServerError(answered.status(), error.type(), error.reason());
        } catch (IOException e) {
            // A proxy's page, or nothing: the status says enough.
            return new ServerError(answered.status(), null, null);
        }
    }

    private static void expect(JsonToken actual, JsonToken expected) throws IOException {
        if (actual != expected) {
            throw new IOException("expected " + expected + " and found " + actual);
        }
    }
}
