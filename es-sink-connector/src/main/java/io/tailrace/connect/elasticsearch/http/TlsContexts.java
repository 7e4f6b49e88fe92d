package io.tailrace.connect.elasticsearch.http;

import io.tailrace.connect.elasticsearch.config.TlsSettings;
import io.tailrace.connect.elasticsearch.config.TlsSettings.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** From settings to a TLS context; files are read each time, so that renewed ones count after a restart. */
final class TlsContexts {

    private static final char[] IN_MEMORY = {};

    private TlsContexts() {}

    /**
     * A context.
     *
     * @param settings which files
     * @return a context of its own
     * @throws ConfigException if a file can't be read or doesn't hold what it should; names the key
     */
    static SSLContext create(TlsSettings settings) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(settings), trust(settings), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ConfigException("TLS can't be set up: " + e.getMessage());
        }
    }

    private static TrustManager[] trust(TlsSettings settings) throws GeneralSecurityException {
        KeyStore authorities = null;
        if (settings.caFile() != null) {
            authorities = empty();
            int number = 0;
            for (Certificate certificate : Pem.certificates(TlsSettings.CA_FILE, settings.caFile())) {
                authorities.setCertificateEntry("ca-" + number++, certificate);
            }
        } else if (settings.trustStore() != null) {
            authorities = loaded(TlsSettings.TRUST_STORE, settings.trustStore());
        }
        // Without any: those that Java knows.
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(TlsSettings settings) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (settings.certFile() != null) {
            KeyStore own = empty();
            Certificate[] chain =
                    Pem.certificates(TlsSettings.CERT_FILE, settings.certFile()).toArray(Certificate[]::new);
            own.setKeyEntry("own", Pem.privateKey(TlsSettings.KEY_FILE, settings.keyFile()), IN_MEMORY, chain);
            factory.init(own, IN_MEMORY);
            return factory.getKeyManagers();
        }
        if (settings.keyStore() != null) {
            Store store = settings.keyStore();
            Password password = store.keyPassword() == null ? store.password() : store.keyPassword();
            factory.init(loaded(TlsSettings.KEY_STORE, store), chars(password));
            return factory.getKeyManagers();
        }
        return new KeyManager[0];
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read", e);
        }
    }

    private static KeyStore loaded(String key, Store settings) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(settings.location())) {
            KeyStore store = KeyStore.getInstance(settings.type());
            store.load(in, chars(settings.password()));
            return store;
        } catch (IOException e) {
            throw new ConfigException(key + ".location: " + settings.location() + " can't be read as " + settings.type()
                    + " with the given password: " + e.getMessage());
        }
    }

    private static char[] chars(Password password) {
        return password == null ? null : password.value().toCharArray();
    }
}
