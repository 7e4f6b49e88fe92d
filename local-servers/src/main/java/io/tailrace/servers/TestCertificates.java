package io.tailrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that signs itself, and its key.
 *
 * @param certificate PEM file
 * @param key PEM file, PKCS#8
 * @param tls a TLS side that has this certificate and trusts this one only
 */
public record TestCertificates(Path certificate, Path key, SSLContext tls) {
    private static final String STORE_PASSWORD = "changeit";
    private static final String ALIAS = "one";

    /**
     * Makes one.
     *
     * @param folder where its files go; made if it isn't there
     * @param host the name that it is for
     * @return the certificate, valid for two days
     */
    public static TestCertificates in(Path folder, String host) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("store.p12");
            generate(file, host);
            KeyStore store = KeyStore.getInstance(file.toFile(), STORE_PASSWORD.toCharArray());
            byte[] certificate = store.getCertificate(ALIAS).getEncoded();
            byte[] key = store.getKey(ALIAS, STORE_PASSWORD.toCharArray()).getEncoded();
            return new TestCertificates(
                    pem(folder.resolve("cert.pem"), "CERTIFICATE", certificate),
                    pem(folder.resolve("key.pem"), "PRIVATE KEY", key),
                    context(store));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void generate(Path store, String host) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        STORE_PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(store)) {
            throw new IOException("keytool: " + output);
        }
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    private static Path pem(Path file, String type, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }
}
