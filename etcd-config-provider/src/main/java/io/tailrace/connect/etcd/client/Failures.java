package io.tailrace.connect.etcd.client;

import com.google.common.base.Throwables;
import io.etcd.jetcd.common.exception.EtcdException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.tailrace.connect.etcd.client.EtcdFailure.Kind;
import io.tailrace.connect.etcd.config.EtcdConfig;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Tells failures apart, by gRPC's status codes and exception types, never by texts.
 *
 * <p>The status that counts is the innermost one: a failed login, for instance, is always UNAUTHENTICATED on the outside,
 * even if the server couldn't be reached.
 */
final class Failures {
    private final EtcdConfig config;

    Failures(EtcdConfig config) {
        this.config = config;
    }

    /** Something that jetcd or gRPC threw, while {@code what} was done, such as "reading /db". */
    EtcdFailure of(String what, Throwable thrown) {
        List<Throwable> chain = Throwables.getCausalChain(thrown);
        List<Status> statuses = chain.stream().flatMap(Failures::status).toList();
        Kind kind = kind(chain, statuses);
        return new EtcdFailure(kind, message(kind, what, detail(chain, statuses)), thrown);
    }

    EtcdFailure timeout(String what) {
        String detail = "no answer within " + config.timeout().toMillis() + " ms";
        return new EtcdFailure(Kind.UNREACHABLE, message(Kind.UNREACHABLE, what, detail), null);
    }

    private Kind kind(List<Throwable> chain, List<Status> statuses) {
        if (chain.stream().anyMatch(Failures::isTls)) {
            return Kind.TLS;
        }
        if (statuses.isEmpty()) {
            return Kind.OTHER;
        }
        boolean loggingIn = statuses.get(0).getCode() == Status.Code.UNAUTHENTICATED;
        return switch (statuses.get(statuses.size() - 1).getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> Kind.UNREACHABLE;
            case UNAUTHENTICATED -> Kind.CREDENTIALS;
            case PERMISSION_DENIED -> Kind.PERMISSION;
            case RESOURCE_EXHAUSTED -> Kind.TOO_LARGE;
            case INVALID_ARGUMENT -> loggingIn || config.user().isEmpty() ? Kind.CREDENTIALS : Kind.OTHER;
            default -> loggingIn ? Kind.CREDENTIALS : Kind.OTHER;
        };
    }

    private String message(Kind kind, String what, String detail) {
        String at = "etcd at " + config.endpoints();
        return switch (kind) {
            case UNREACHABLE -> at + " can't be reached (" + what + "): " + detail;
            case TLS ->
                "TLS with " + at + " failed (" + what + "): " + detail + "; look at " + EtcdConfig.TLS_CA_FILE + ", "
                        + EtcdConfig.TLS_CERT_FILE + " and " + EtcdConfig.TLS_AUTHORITY
                        + ", and whether the server speaks TLS";
            case CREDENTIALS -> at + " refused " + who() + " (" + what + "): " + detail;
            case PERMISSION -> at + " doesn't let " + who() + " do this (" + what + "): " + detail;
            case TOO_LARGE -> at + " has too much for one answer (" + what + "): " + detail;
            case OTHER -> at + " failed (" + what + "): " + detail;
        };
    }

    private String who() {
        return config.user()
                .map(user -> "user " + user + " and its password")
                .orElse("a client without " + EtcdConfig.USER + " and " + EtcdConfig.PASSWORD);
    }

    private static boolean isTls(Throwable thrown) {
        // Netty hangs a handshake that the other side broke off on the closed channel's exception.
        return Stream.concat(Stream.of(thrown), Stream.of(thrown.getSuppressed()))
                .anyMatch(each -> each instanceof SSLException || isCertificate(each));
    }

    private static boolean isCertificate(Throwable thrown) {
        return thrown instanceof CertificateException
                || thrown instanceof CertPathBuilderException
                || thrown instanceof CertPathValidatorException;
    }

    private static Stream<Status> status(Throwable thrown) {
        if (thrown instanceof StatusRuntimeException e) {
            return Stream.of(e.getStatus());
        }
        if (thrown instanceof StatusException e) {
            return Stream.of(e.getStatus());
        }
        if (thrown instanceof EtcdException e) {
            return Stream.of(
                    Status.Code.valueOf(e.getErrorCode().name()).toStatus().withDescription(e.getMessage()));
        }
        return Stream.empty();
    }

    /** The text of what lies beneath, the network or TLS, says more than the server's or gRPC's around it, if there is one. */
    private static String detail(List<Throwable> chain, List<Status> statuses) {
        Throwable root = chain.get(chain.size() - 1);
        if (statuses.isEmpty()) {
            return root.toString();
        }
        Status innermost = statuses.get(statuses.size() - 1);
        boolean beneath = innermost.getCause() != null && root.getMessage() != null;
        String text = beneath ? root.getMessage() : innermost.getDescription();
        return text == null
                ? innermost.getCode().toString()
                : text.lines().findFirst().orElse(text);
    }
}
