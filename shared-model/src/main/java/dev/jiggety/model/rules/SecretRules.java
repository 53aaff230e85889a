package dev.jiggety.model.rules;

import dev.jiggety.model.Deposit;
import dev.jiggety.model.Member;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TestDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a secret may be, who may know it, and whether an order about it is carried out. */
public final class SecretRules {
  /** Shorter ones cannot be masked without masking everything else too. */
  public static final int SHORTEST = 4;

  /** In bytes of UTF-8. */
  public static final int LARGEST = 64 << 10;

  /** How long an order waits for a manager. */
  public static final Duration LIFETIME = Duration.ofDays(7);

  /** So much may the clock of who ordered be ahead of the hub's. */
  public static final Duration AHEAD = Duration.ofMinutes(5);

  private SecretRules() {}

  /** What is wrong with a content, to be put behind "the secret NAME"; empty when nothing is. */
  public static Optional<String> problem(String content) {
    if (content.length() < SHORTEST) {
      return Optional.of("has fewer than " + SHORTEST + " characters and could not be masked");
    }
    if (content.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      return Optional.of("is larger than " + LARGEST / 1024 + " KiB");
    }
    return Optional.empty();
  }

  /** A content as text; one line feed at its end does not belong to it. Empty for other bytes. */
  public static Optional<String> text(byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      return Optional.of(cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * Who needs which secret: exactly the active members that run an active test which refers to it.
   * Tags are those of the membership; what a node says of itself does not count.
   *
   * @param tests in force, or to be tried next
   * @param references the names of the secrets that a test refers to
   * @return the names of nodes for each secret that any of them needs
   */
  public static SortedMap<String, SortedSet<String>> needs(
      Collection<TestDefinition> tests,
      Collection<Member> members,
      Function<TestDefinition, Collection<String>> references) {
    SortedMap<String, SortedSet<String>> needs = new TreeMap<>();
    for (TestDefinition test : tests) {
      Collection<String> names = test.active() ? references.apply(test) : List.<String>of();
      for (String name : names) {
        members.stream()
            .filter(it -> it.standing() == Member.Standing.ACTIVE)
            .filter(it -> test.where().includes(it.name(), it.tags()))
            .forEach(it -> needs.computeIfAbsent(name, _ -> new TreeSet<>()).add(it.name()));
      }
    }
    return needs;
  }

  /**
   * Why an order is not carried out; empty when it is.
   *
   * @param secret the one that it is about; null where there is none
   * @param now the hub's time
   */
  public static Optional<String> refusal(
      Deposit deposit, @Nullable SealedSecret secret, SecretIndex index, Instant now) {
    String name = deposit.secret();
    if (!Placeholders.isSecretName(name)) {
      return Optional.of("no secret can be called " + name);
    }
    if (deposit.created().plus(LIFETIME).isBefore(now)) {
      return Optional.of("the order is older than " + LIFETIME.toDays() + " days; give it again");
    }
    if (deposit.created().minus(AHEAD).isAfter(now)) {
      return Optional.of("the order is of the future; set the clock of your machine right");
    }
    Instant last = secret == null ? index.removed().get(name) : Instant.MIN;
    if (secret != null && !secret.order().equals(deposit.id())) {
      last = secret.ordered();
    }
    if (last != null && !deposit.created().isAfter(last)) {
      return Optional.of("a newer order about " + name + " was carried out, at " + last);
    }
    return secret == null && deposit.act() != Deposit.Act.SET
        ? Optional.of("there is no secret " + name + "; see: jiggety secret list")
        : Optional.empty();
  }

  /**
   * The names of the secrets whose present content a node can open, or could: those to be changed
   * where they are used when that node is not trusted any more.
   */
  public static SortedSet<String> knownTo(String node, Collection<SealedSecret> secrets) {
    SortedSet<String> names = new TreeSet<>();
    for (SealedSecret secret : secrets) {
      if (secret.nodes().contains(node) || secret.knew().contains(node)) {
        names.add(secret.name());
      }
    }
    return names;
  }

  /**
   * The number of the next writing: above all that were, and the time in milliseconds, so that it
   * does not go back either when the hub was restored from a backup.
   */
  public static long version(long highest, Instant now) {
    return Math.max(highest + 1, now.toEpochMilli());
  }
}
