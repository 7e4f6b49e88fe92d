package io.tailrace.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority that nobody else knows, with one certificate for 127.0.0.1; made by Java's own tool. */
final class Authority {

    /** Of a store that is never written anywhere but beside its own password. */
    private static final String PASSWORD = "changeit";

    private static final String SELF = "authority";
    private static final String NODE = "node";

    private final KeyStore store;

    private Authority(KeyStore store) {
        this.store = store;
    }

    /**
     * Makes one, unless that was done before.
     *
     * @param file where its own certificate is, PEM, for those who are to trust it; its keys are beside that
     */
    static Authority at(Path file) throws IOException {
        Path keys = file.resolveSibling("authority.p12");
        if (!Files.exists(keys)) {
            generate(keys, SELF, "-ext", "bc=ca:true");
            generate(keys, NODE, "-signer", SELF, "-ext", "san=ip:127.0.0.1");
        }
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            Files.writeString(
                    file, pem("CERTIFICATE", store.getCertificate(SELF).getEncoded()));
            return new Authority(store);
        } catch (GeneralSecurityException e) {
            throw new IOException(keys + " can't be read", e);
        }
    }

    private static void generate(Path file, String alias, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias", alias, "-keyalg", "EC"));
        command.addAll(List.of("-dname", "CN=tailrace " + alias, "-validity", "2", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (tool.waitFor() != 0) {
                throw new IOException(command + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Writes the node's certificate with its chain, and its private key without a password, both PEM. */
    void writeNode(Path certificates, Path key) throws IOException {
        try {
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : store.getCertificateChain(NODE)) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            Files.writeString(certificates, chain);
            byte[] bytes = store.getKey(NODE, PASSWORD.toCharArray()).getEncoded();
            Files.writeString(key, pem("PRIVATE KEY", bytes));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** For clients that trust it and nobody else. */
    SSLContext context() throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(SELF, store.getCertificate(SELF));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }
}
