package io.tailrace.connect.elasticsearch.http;

import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import io.tailrace.connect.elasticsearch.config.ProxySettings;
import io.tailrace.connect.elasticsearch.config.TlsSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.function.Callback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up low-level clients. */
final class RestClients {

    private static final Logger LOG = LoggerFactory.getLogger(RestClients.class);

    /** More than any configuration has requests under way. */
    private static final int MAX_CONNECTIONS = 16;

    /**
     * No server needs more, and over HTTP/2 the client waits for ever for one that refuses a body before it has read
     * all of it.
     */
    private static final TlsConfig HTTP_1 =
            TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build();

    private RestClients() {}

    /**
     * A started client.
     *
     * @param settings where to and as whom
     * @param threads makes its threads
     * @param reactorFailed is told what kills the client's reactor, also when that is the client's own close
     * @return a client, to be closed
     */
    static Rest5Client create(ConnectionSettings settings, TrackedThreads threads, Callback<Exception> reactorFailed) {
        return Rest5Client.builder(settings.urls())
                .setDefaultHeaders(headers(settings))
                .setRequestConfigCallback(config -> timeouts(config, settings))
                .setConnectionConfigCallback(config -> timeouts(config, settings))
                .setConnectionManagerCallback(manager -> manager.setTlsStrategy(tls(settings.tls()))
                        .setDefaultTlsConfig(HTTP_1)
                        // As many as can be under way, to any of the hosts.
                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                        .setMaxConnTotal(MAX_CONNECTIONS))
                .setHttpClientConfigCallback(client -> configure(
                        client.setThreadFactory(threads).setIoReactorExceptionCallback(reactorFailed), settings))
                .build();
    }

    /** The timeouts of requests: the client's own default for the answer is to wait for ever. */
    static RequestConfig.Builder timeouts(ConnectionSettings settings) {
        RequestConfig.Builder config = RequestConfig.custom();
        timeouts(config, settings);
        return config;
    }

    private static void timeouts(RequestConfig.Builder config, ConnectionSettings settings) {
        config.setResponseTimeout(millis(settings.readTimeoutMillis()))
                .setConnectionRequestTimeout(millis(settings.connectTimeoutMillis()));
    }

    private static TlsStrategy tls(TlsSettings settings) {
        return ClientTlsStrategyBuilder.create()
                .setSslContext(TlsContexts.create(settings))
                .setHostVerificationPolicy(
                        settings.verifyHostname() ? HostnameVerificationPolicy.BOTH : HostnameVerificationPolicy.CLIENT)
                .setHostnameVerifier(
                        settings.verifyHostname() ? new DefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE)
                .buildAsync();
    }

    private static void configure(HttpAsyncClientBuilder client, ConnectionSettings settings) {
        noSurprises(client);
        ProxySettings proxy = settings.proxy();
        if (proxy == null) {
            return;
        }
        HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
        client.setProxy(host);
        if (proxy.username() != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            proxy.username(), proxy.password().value().toCharArray()));
            client.setDefaultCredentialsProvider(credentials);
        }
    }

    private static void timeouts(ConnectionConfig.Builder config, ConnectionSettings settings) {
        config.setConnectTimeout(millis(settings.connectTimeoutMillis()))
                .setSocketTimeout(millis(settings.readTimeoutMillis()))
                // A pooled connection may have died silently, behind a firewall for instance.
                .setValidateAfterInactivity(5, TimeUnit.SECONDS);
    }

    /** Retries are decided in one place, and it isn't here: the client's own would repeat 429 and 503. */
    private static void noSurprises(HttpAsyncClientBuilder client) {
        client.addResponseInterceptorFirst(new ServerWarnings(warning -> LOG.warn("The server warns: {}", warning)))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build());
    }

    private static Timeout millis(long millis) {
        return Timeout.ofMilliseconds(millis);
    }

    private static Header[] headers(ConnectionSettings settings) {
        List<Header> headers = new ArrayList<>();
        settings.headers().forEach((name, value) -> headers.add(new BasicHeader(name, value.value(), true)));
        String authorization = authorization(settings);
        if (authorization != null) {
            headers.add(new BasicHeader(HttpHeaders.AUTHORIZATION, authorization, true));
        }
        return headers.toArray(Header[]::new);
    }

    private static String authorization(ConnectionSettings settings) {
        if (settings.apiKey() != null) {
            return "ApiKey " + settings.apiKey().value();
        }
        if (settings.bearerToken() != null) {
            return "Bearer " + settings.bearerToken().value();
        }
        return settings.username() == null
                ? null
                : basic(settings.username(), settings.password().value());
    }

    private static String basic(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
