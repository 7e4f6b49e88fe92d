package io.tailrace.connect.elasticsearch.http;

import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import java.nio.channels.ClosedSelectorException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up low-level clients. */
final class RestClients {

    private static final Logger LOG = LoggerFactory.getLogger(RestClients.class);

    private RestClients() {}

    /**
     * A started client.
     *
     * @param settings where to and as whom
     * @param threads makes its threads
     * @return a client, to be closed
     */
    static Rest5Client create(ConnectionSettings settings, TrackedThreads threads) {
        return Rest5Client.builder(settings.urls())
                .setDefaultHeaders(credentials(settings))
                .setRequestConfigCallback(config -> timeouts(config, settings))
                .setConnectionConfigCallback(config -> timeouts(config, settings))
                .setHttpClientConfigCallback(client -> noSurprises(client.setThreadFactory(threads)))
                .build();
    }

    /** Its own default for the answer is to wait for ever. */
    private static void timeouts(RequestConfig.Builder config, ConnectionSettings settings) {
        config.setResponseTimeout(millis(settings.readTimeoutMillis()))
                .setConnectionRequestTimeout(millis(settings.connectTimeoutMillis()));
    }

    private static void timeouts(ConnectionConfig.Builder config, ConnectionSettings settings) {
        config.setConnectTimeout(millis(settings.connectTimeoutMillis()))
                .setSocketTimeout(millis(settings.readTimeoutMillis()))
                // A pooled connection may have died silently, behind a firewall for instance.
                .setValidateAfterInactivity(5, TimeUnit.SECONDS);
    }

    /** Retries are decided in one place, and it isn't here: the client's own would repeat 429 and 503. */
    private static void noSurprises(HttpAsyncClientBuilder client) {
        client.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setIoReactorExceptionCallback(RestClients::reactorFailed)
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build());
    }

    /** An immediate close pulls the selector away from under the reactor, as it should. */
    private static void reactorFailed(Exception exception) {
        if (!(exception instanceof ClosedSelectorException)) {
            LOG.warn("The HTTP client's reactor failed", exception);
        }
    }

    private static Timeout millis(long millis) {
        return Timeout.ofMilliseconds(millis);
    }

    private static Header[] credentials(ConnectionSettings settings) {
        if (settings.apiKey() != null) {
            return authorization("ApiKey " + settings.apiKey().value());
        }
        if (settings.username() != null) {
            String pair = settings.username() + ":" + settings.password().value();
            return authorization("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return new Header[0];
    }

    private static Header[] authorization(String value) {
        return new Header[] {new BasicHeader(HttpHeaders.AUTHORIZATION, value, true)};
    }
}
