package dev.jiggety.model;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * An operator's signed word that one node may come in. Whoever knows the secret behind {@code
 * account} is the guest that it is meant for; the document does not hold it.
 *
 * @param id random, never used twice; the guest's account is called after it
 * @param tags what the node is to be chosen by
 * @param name what it is to be called; empty where it may say that itself
 * @param account the hash of the token's secret, which becomes that of the guest's password
 * @param created when it was made, by the operator's clock
 * @param expires when it is void, by the hub's clock
 * @param by the operator
 */
public record Invitation(
    String id,
    NavigableSet<String> tags,
    String name,
    AccountKey account,
    Instant created,
    Instant expires,
    String by) {

  public Invitation {
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
  }

  /** What the account of the guest with that invitation is called. */
  public static String guest(String invitationId) {
    return "guest-" + invitationId;
  }
}
