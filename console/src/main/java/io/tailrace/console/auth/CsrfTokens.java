package io.tailrace.console.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a page must send along with a change, so that no other site can have a browser send it: a function of the cookie that
 * only this process can compute. Nothing is remembered, so that strangers can fill no memory.
 */
public final class CsrfTokens {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    /** Has a secret of its own. */
    public CsrfTokens() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        secret = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * The token that goes with a cookie.
     *
     * @param id the cookie's value
     * @return 43 characters
     */
    public String of(String id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC", e);
        }
    }

    /**
     * Whether a token goes with a cookie; takes as long whatever it is.
     *
     * @param token what was sent
     * @param id the cookie's value
     * @return true if it does
     */
    public boolean fits(String token, String id) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), of(id).getBytes(StandardCharsets.UTF_8));
    }
}
