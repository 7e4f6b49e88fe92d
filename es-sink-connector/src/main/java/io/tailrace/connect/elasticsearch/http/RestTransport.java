package io.tailrace.connect.elasticsearch.http;

import co.elastic.clients.transport.rest5_client.low_level.HttpAsyncResponseConsumerFactory.BasicAsyncResponseConsumerFactory;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport over Elastic's low-level client. It asks for no product check and names no version, so it speaks to
 * Elasticsearch 7 to 9 and to OpenSearch.
 */
public final class RestTransport implements BulkTransport {

    /** Answers are told apart by status and type; the reason is for people. */
    private static final String FILTER_PATH =
            "errors,items.*.status,items.*.error.type,items.*.error.reason," + "error.type,error.reason";

    private static final long MAX_SHUTDOWN_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(RestTransport.class);

    private final ConnectionSettings settings;
    private final String name;
    private final boolean requireAlias;
    private final RequestOptions askingFirst;
    private final RequestOptions asking;
    private volatile Opened opened;
    private volatile boolean closed;

    private record Opened(Rest5Client client, TrackedThreads threads, AtomicBoolean closing) {

        /** Its reactor may not have begun to run yet, which is no death, and sends what was asked for once it does. */
        boolean isShutDown() {
            return !(client.getHttpClient() instanceof CloseableHttpAsyncClient http)
                    || http.getStatus().compareTo(IOReactorStatus.ACTIVE) > 0;
        }
    }

    /**
     * A started transport; it connects when it has something to send.
     *
     * @param name of its threads
     * @param settings where to and as whom
     */
    public RestTransport(String name, ConnectionSettings settings) {
        this(name, settings, false);
    }

    /**
     * A started transport.
     *
     * @param name of its threads
     * @param settings where to and as whom
     * @param requireAlias whether the server is told to take documents only for names that are aliases; it refuses others
     *     with 404, one by one, and makes no index of that name
     */
    public RestTransport(String name, ConnectionSettings settings, boolean requireAlias) {
        this(name, settings, requireAlias, RequestOptions.DEFAULT);
    }

    /**
     * A started transport for answers of a limited size.
     *
     * @param name of its threads
     * @param settings where to and as whom
     * @param maxAnswerBytes an answer to a request that is larger counts as none
     * @return a transport, to be closed
     */
    public static RestTransport limited(String name, ConnectionSettings settings, int maxAnswerBytes) {
        RequestOptions options = RequestOptions.DEFAULT.toBuilder()
                .setHttpAsyncResponseConsumerFactory(new BasicAsyncResponseConsumerFactory(maxAnswerBytes))
                .build();
        return new RestTransport(name, settings, false, options);
    }

    private RestTransport(String name, ConnectionSettings settings, boolean requireAlias, RequestOptions asking) {
        this.asking = asking;
        this.name = name;
        this.settings = settings;
        this.requireAlias = requireAlias;
        this.askingFirst = RequestOptions.DEFAULT.toBuilder()
                .setRequestConfig(RestClients.timeouts(settings)
                        .setExpectContinueEnabled(true)
                        .build())
                .build();
        this.opened = open();
    }

    private Opened open() {
        TrackedThreads threads = new TrackedThreads(name);
        AtomicBoolean closing = new AtomicBoolean();
        Rest5Client client = RestClients.create(settings, threads, failure -> reactorFailed(failure, closing));
        return new Opened(client, threads, closing);
    }

    /** An immediate close pulls the selector away from under the reactor, as it should. */
    private static void reactorFailed(Exception failure, AtomicBoolean closing) {
        if (!closing.get()) {
            LOG.warn("The HTTP client's reactor failed", failure);
        }
    }

    @Override
    public void send(BulkBody body, boolean cautious, Consumer<Answer> listener) {
        Request request = new Request("POST", "/_bulk");
        request.addParameter("filter_path", FILTER_PATH);
        if (requireAlias) {
            request.addParameter("require_alias", "true");
        }
        // The server judges a body by its length, so it must be known.
        request.setEntity(new BulkEntity(body, settings.compressed() && !cautious));
        if (cautious) {
            request.setOptions(askingFirst);
        }
        opened.client().performRequestAsync(request, new Listening(listener));
    }

    @Override
    public void request(String method, String path, String json, Consumer<Answer> listener) {
        Request request = new Request(method, path);
        if (json != null) {
            request.setJsonEntity(json);
        }
        request.setOptions(asking);
        opened.client().performRequestAsync(request, new Listening(listener));
    }

    /** A client whose only reactor an error has ended says of itself that it is running. */
    @Override
    public boolean isRunning() {
        Opened now = opened;
        return closed || !(now.isShutDown() || now.threads().hasEnded());
    }

    /** Does nothing once it was closed: the writer may still be at it when its task stops. */
    @Override
    public synchronized void reopen() {
        if (!closed) {
            shutDown();
            opened = open();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        shutDown();
    }

    private void shutDown() {
        opened.closing().set(true);
        // Rest5Client.close waits for exchanges that a hanging server never ends.
        if (opened.client().getHttpClient() instanceof CloseableHttpAsyncClient http) {
            http.close(CloseMode.IMMEDIATE);
        }
        try {
            if (!opened.threads().join(MAX_SHUTDOWN_MILLIS)) {
                LOG.warn("A thread of the HTTP client is still running {} ms after the close", MAX_SHUTDOWN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
