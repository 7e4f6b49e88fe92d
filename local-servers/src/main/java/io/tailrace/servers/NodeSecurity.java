package io.tailrace.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A node of Elasticsearch that speaks HTTPS alone and knows its users.
 *
 * @param users at least one; the first of them may do everything
 */
record NodeSecurity(List<User> users) {

    /**
     * Who may come in.
     *
     * @param name the user's name
     * @param password the user's password
     * @param role one of the roles that every node has
     */
    record User(String name, String password, String role) {}

    private static final String SERVICE_TOKEN = "elastic/fleet-server/tailrace";

    /** What all such tokens begin with. */
    private static final byte[] VERSION = {0, 1, 0, 1};

    private static final int ROUNDS = 10_000;
    private static final int HASH_BITS = 256;

    /** The settings of the node, whose files {@link #write} puts into its configuration folder. */
    Map<String, String> settings() {
        return Map.of(
                "xpack.security.enabled", "true",
                "xpack.security.http.ssl.enabled", "true",
                "xpack.security.http.ssl.certificate", "node.crt",
                "xpack.security.http.ssl.key", "node.key");
    }

    /** Writes what the node reads. */
    void write(Path config, Path authorityFile) throws IOException {
        Authority authority = Authority.at(authorityFile);
        authority.writeNode(config.resolve("node.crt"), config.resolve("node.key"));
        StringBuilder hashes = new StringBuilder();
        StringBuilder roles = new StringBuilder();
        for (User user : users) {
            hashes.append(user.name() + ":" + hash(user.password()) + "\n");
            roles.append(user.role() + ":" + user.name() + "\n");
        }
        Files.writeString(config.resolve("users"), hashes);
        Files.writeString(config.resolve("users_roles"), roles);
        Files.writeString(config.resolve("service_tokens"), SERVICE_TOKEN + ":" + hash(secret()) + "\n");
    }

    /**
     * A token of a service that every node knows, and that may write to {@code logs-*} and not look at it. It isn't kept in
     * an index, as tokens and keys that the node makes are: its zip lacks what that index needs.
     */
    String bearerToken() {
        byte[] named = (SERVICE_TOKEN + ":" + secret()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(VERSION.length + named.length)
                        .put(VERSION)
                        .put(named)
                        .array());
    }

    private String secret() {
        return users.get(0).password();
    }

    /** Lets a client trust the node. */
    void trust(HttpClient.Builder client, Path authorityFile) {
        try {
            client.sslContext(Authority.at(authorityFile).context());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The header by which the first user is known. */
    String authorization() {
        byte[] pair = (users.get(0).name() + ":" + users.get(0).password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** As the node's file of users has it. */
    private static String hash(String password) {
        byte[] salt = new byte[HASH_BITS / Byte.SIZE];
        new SecureRandom().nextBytes(salt);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2withHMACSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, HASH_BITS))
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "{PBKDF2}" + ROUNDS + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2", e);
        }
    }
}
