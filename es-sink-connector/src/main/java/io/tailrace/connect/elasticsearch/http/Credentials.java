package io.tailrace.connect.elasticsearch.http;

import io.tailrace.connect.elasticsearch.config.ConnectionSettings;
import io.tailrace.connect.elasticsearch.config.TlsSettings.Store;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.kafka.common.config.types.Password;

/** Tells one set of credentials from another without giving them away. */
public final class Credentials {

    private static final int ROUNDS = 50_000;

    /** So short that very many secrets have the same: whoever reads it can't test guesses with it. */
    private static final int BITS = 16;

    private Credentials() {}

    /**
     * A fingerprint.
     *
     * @param connector the connector's name
     * @param settings its settings
     * @return a short text, mostly another one for other secrets
     */
    public static String fingerprint(String connector, ConnectionSettings settings) {
        List<String> secrets = new ArrayList<>();
        add(secrets, settings.password());
        add(secrets, settings.apiKey());
        add(secrets, settings.bearerToken());
        settings.headers().values().forEach(value -> add(secrets, value));
        secrets.add(String.valueOf(settings.username()));
        add(secrets, settings.proxy() == null ? null : settings.proxy().password());
        add(secrets, settings.tls().trustStore());
        add(secrets, settings.tls().keyStore());
        char[] all = String.join("\0", secrets).toCharArray();
        byte[] salt = ("tailrace " + connector).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(all, salt, ROUNDS, BITS))
                    .getEncoded();
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2", e);
        }
    }

    private static void add(List<String> secrets, Store store) {
        add(secrets, store == null ? null : store.password());
        add(secrets, store == null ? null : store.keyPassword());
    }

    private static void add(List<String> secrets, Password password) {
        secrets.add(password == null ? "" : password.value());
    }
}
