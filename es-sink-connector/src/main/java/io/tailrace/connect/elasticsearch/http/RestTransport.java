package io.tailrace.connect.elasticsearch.http;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/**
 * The transport over Elastic's low-level client. It asks for no product check and names no version, so it speaks to
 * Elasticsearch 7 to 9 and to OpenSearch.
 */
public final class RestTransport implements BulkTransport {

    /** Answers are told apart by status and type; the reason is for people. */
    private static final String FILTER_PATH =
            "errors,items.*.status,items.*.error.type,items.*.error.reason," + "error.type,error.reason";

    private static final TimeValue MAX_SHUTDOWN = TimeValue.ofSeconds(2);

    private final ConnectionSettings settings;
    private volatile Rest5Client client;

    /**
     * A started transport; it connects when it has something to send.
     *
     * @param settings where to and as whom
     */
    public RestTransport(ConnectionSettings settings) {
        this.settings = settings;
        this.client = RestClients.create(settings);
    }

    @Override
    public void send(BulkBody body, Consumer<Answer> listener) {
        Request request = new Request("POST", "/_bulk");
        request.addParameter("filter_path", FILTER_PATH);
        request.setEntity(new BulkEntity(body));
        client.performRequestAsync(request, new Listening(listener));
    }

    @Override
    public boolean isRunning() {
        return client.isRunning();
    }

    @Override
    public void reopen() {
        close();
        client = RestClients.create(settings);
    }

    @Override
    public void close() {
        // Rest5Client.close waits for exchanges that a hanging server never ends.
        if (client.getHttpClient() instanceof CloseableHttpAsyncClient http) {
            http.close(CloseMode.IMMEDIATE);
            try {
                http.awaitShutdown(MAX_SHUTDOWN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Listening(Consumer<Answer> listener) implements ResponseListener {

        @Override
        public void onSuccess(Response response) {
            listener.accept(answered(response));
        }

        @Override
        public void onFailure(Exception exception) {
            boolean answered = exception instanceof ResponseException;
            listener.accept(
                    answered
                            ? answered(((ResponseException) exception).getResponse())
                            : new Answer.Unanswered(exception));
        }

        private static Answer answered(Response response) {
            try {
                HttpEntity entity = response.getEntity();
                InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
                return new Answer.Answered(response.getStatusCode(), body);
            } catch (IOException e) {
                return new Answer.Unanswered(e);
            }
        }
    }
}
