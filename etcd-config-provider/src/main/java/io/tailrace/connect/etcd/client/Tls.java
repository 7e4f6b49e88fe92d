package io.tailrace.connect.etcd.client;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.tailrace.connect.etcd.config.EtcdConfig;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;

/** Makes the TLS side of a client from PEM files. */
final class Tls {
    private Tls() {}

    static SslContext context(EtcdConfig config) {
        SslContextBuilder builder = GrpcSslContexts.forClient();
        config.tlsCaFile().ifPresent(file -> trust(builder, file));
        Optional<Path> key = config.tlsKeyFile();
        config.tlsCertFile().ifPresent(certificate -> identify(builder, certificate, key.orElseThrow()));
        try {
            return builder.build();
        } catch (SSLException e) {
            throw because(
                    new ConfigException("The settings tls.* don't make a usable TLS client: " + e.getMessage()), e);
        }
    }

    private static void trust(SslContextBuilder builder, Path file) {
        try {
            builder.trustManager(file.toFile());
        } catch (IllegalArgumentException e) {
            throw because(new ConfigException(EtcdConfig.TLS_CA_FILE, file, "holds no PEM certificates"), e);
        }
    }

    private static void identify(SslContextBuilder builder, Path certificate, Path key) {
        try {
            builder.keyManager(certificate.toFile(), key.toFile());
        } catch (IllegalArgumentException e) {
            String wanted =
                    "must be a PKCS#8 PEM key without a passphrase (openssl pkcs8 -topk8 -nocrypt makes one), and "
                            + EtcdConfig.TLS_CERT_FILE + " " + certificate + " its PEM certificate";
            throw because(new ConfigException(EtcdConfig.TLS_KEY_FILE, key, wanted), e);
        }
    }

    private static ConfigException because(ConfigException error, Exception cause) {
        error.initCause(cause);
        return error;
    }
}
