package io.tailrace.connect.elasticsearch.http;

import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import io.tailrace.connect.elasticsearch.config.ProxySettings;
import io.tailrace.connect.elasticsearch.config.TlsSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.kafka.common.config.ConfigException;

/** Tries a connection once, and says which key is to blame if it doesn't come about. */
public final class ConnectionCheck {

    private static final Duration AT_MOST = Duration.ofSeconds(15);

    /** A bulk request without an operation: it needs the same rights as all others, and changes nothing. */
    private static final String NOTHING = "\n";

    private static final String STRANGER =
            "something answers there, but not in JSON, so it is no Elasticsearch (status 400); a port for https answers"
                    + " http like that";

    private ConnectionCheck() {}

    /**
     * What is wrong.
     *
     * @param key the key to change
     * @param message why
     */
    public record Finding(String key, String message) {}

    /**
     * Tries.
     *
     * @param settings where to and as whom
     * @return what is wrong; nothing if a server answers that takes our credentials, or one that is busy
     */
    public static Optional<Finding> run(ConnectionSettings settings) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try (RestTransport transport = new RestTransport("tailrace-es-validate", settings)) {
            transport.request("POST", "/_bulk", NOTHING, answer::complete);
            return finding(settings, answer.get(AT_MOST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ConfigException e) {
            // Of a file: the message begins with the key.
            return Optional.of(new Finding(keyOf(e.getMessage()), e.getMessage()));
        } catch (TimeoutException | ExecutionException e) {
            return found(ConnectionSettings.URL, "no answer within " + AT_MOST.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return found(ConnectionSettings.URL, "interrupted while trying to connect");
        }
    }

    private static Optional<Finding> finding(ConnectionSettings settings, Answer answer) {
        if (answer instanceof Answer.Unanswered unanswered) {
            return Optional.of(unanswered(settings, unanswered.cause()));
        }
        Answer.Answered answered = (Answer.Answered) answer;
        int status = answered.status();
        return switch (status) {
            case 400 -> isJson(answered) ? Optional.empty() : found(ConnectionSettings.URL, STRANGER);
            case 401 -> unauthorized(settings);
            case 301, 302, 303, 307, 308 ->
                found(
                        ConnectionSettings.URL,
                        "something answers there by sending us elsewhere (status " + status
                                + "): name the address that it leads to");
            case 404, 405 ->
                found(
                        ConnectionSettings.URL,
                        "something answers there, but knows no bulk requests (status " + status + ")");
            case 407 -> found(ProxySettings.PASSWORD, "the proxy does not take these credentials (status 407)");
            default -> Optional.empty();
        };
    }

    /** That is how a server refuses a request without an operation. */
    private static boolean isJson(Answer.Answered answered) {
        try {
            return answered.body().read() == '{';
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Finding> unauthorized(ConnectionSettings settings) {
        if (settings.apiKey() != null) {
            return found(ConnectionSettings.API_KEY, "the server does not take this API key (status 401)");
        }
        if (settings.bearerToken() != null) {
            return found(ConnectionSettings.BEARER_TOKEN, "the server does not take this token (status 401)");
        }
        return settings.username() == null
                ? found(ConnectionSettings.USERNAME, "the server wants credentials and none are set (status 401)")
                : found(ConnectionSettings.PASSWORD, "the server does not take this user and password (status 401)");
    }

    private static Finding unanswered(ConnectionSettings settings, Throwable cause) {
        String where = "can't connect to " + settings.urls();
        if (isCausedBy(cause, SSLPeerUnverifiedException.class) || saysNoName(cause)) {
            return new Finding(
                    TlsSettings.VERIFY_HOSTNAME,
                    where + ": the server's certificate is for another host: "
                            + root(cause).getMessage());
        }
        if (isCausedBy(cause, CertPathBuilderException.class) || isCausedBy(cause, CertPathValidatorException.class)) {
            String key =
                    settings.tls().trustStore() == null ? TlsSettings.CA_FILE : TlsSettings.TRUST_STORE + ".location";
            return new Finding(
                    key,
                    where + ": the server's certificate doesn't come from an authority that is trusted: "
                            + root(cause).getMessage());
        }
        if (isCausedBy(cause, SSLException.class)) {
            return new Finding(
                    ConnectionSettings.URL, where + " with TLS: " + root(cause).getMessage());
        }
        boolean isFar = isCausedBy(cause, UnknownHostException.class) || isCausedBy(cause, ConnectException.class);
        if (settings.proxy() != null && isFar) {
            return new Finding(
                    ProxySettings.HOST,
                    "can't connect to the proxy " + settings.proxy().host() + ":"
                            + settings.proxy().port() + ": " + cause.getMessage());
        }
        if (isCausedBy(cause, UnknownHostException.class)) {
            return new Finding(
                    ConnectionSettings.URL,
                    where + ": unknown host: " + root(cause).getMessage());
        }
        boolean late = isCausedBy(cause, SocketTimeoutException.class);
        return new Finding(
                ConnectionSettings.URL, where + (late ? ": no answer in time: " : ": ") + cause.getMessage());
    }

    /** Java's own check of the name throws a plain certificate exception, with nothing but words in it. */
    private static boolean saysNoName(Throwable cause) {
        Throwable root = root(cause);
        return root.getClass() == CertificateException.class;
    }

    private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (type.isInstance(one)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String keyOf(String message) {
        return Stream.of(
                        TlsSettings.CA_FILE,
                        TlsSettings.CERT_FILE,
                        TlsSettings.KEY_FILE,
                        TlsSettings.TRUST_STORE + ".location",
                        TlsSettings.KEY_STORE + ".location")
                .filter(message::contains)
                .findFirst()
                .orElse(ConnectionSettings.URL);
    }

    private static Optional<Finding> found(String key, String message) {
        return Optional.of(new Finding(key, message));
    }
}
