package dev.jiggety.model.rules;

import dev.jiggety.model.AccountKey;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Join;
import dev.jiggety.model.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in as a node. What is decided follows from the documents that stand there alone, so
 * that whoever was killed in the middle goes on where it was, and doing it twice does it once.
 */
public final class EnrolmentRules {
  /** An invitation is good for so long at most. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** How long somebody who was refused may come back to read why. */
  public static final Duration GRACE = Duration.ofMinutes(1);

  /** How far the clock of an operator may be wrong. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  private static final int MOST_TAGS = 50;
  private static final int LONGEST_SEALING = 1_000;
  private static final int MOST_ROUNDS = 1_000_000;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern NODE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");
  private static final Pattern SALT = Pattern.compile("[0-9a-f]{32,128}");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{40}");

  private EnrolmentRules() {}

  /** What is to be done about an invitation. */
  public sealed interface Step {
    /** Nothing before a guest asks, or time passes. */
    record Wait() implements Step {}

    /** Make the guest's account, then say that the invitation stands. */
    record Open() implements Step {}

    /** Make the node's account and the member, then say so, then take the guest's account away. */
    record Admit() implements Step {}

    /**
     * Say why not.
     *
     * @param reason one line for people
     */
    record Refuse(String reason) implements Step {}

    /** Say that nobody came in time. */
    record Expire() implements Step {}
  }

  /**
   * What is to be done about an invitation whose signature is right.
   *
   * @param admission what was answered so far; null for nothing
   * @param join what was asked with it; null for nothing
   * @param named who is or was called as the join says; null for nobody
   * @param now the hub's time
   */
  public static Step next(
      Invitation invitation,
      @Nullable Admission admission,
      @Nullable Join join,
      @Nullable Member named,
      Instant now) {
    boolean isOver = !now.isBefore(invitation.expires());
    if (admission == null) {
      Optional<String> wrong = problem(invitation, now);
      return wrong
          .<Step>map(Step.Refuse::new)
          .orElseGet(() -> isOver ? new Step.Expire() : new Step.Open());
    }
    if (admission.state() != Admission.State.OPEN) {
      return new Step.Wait();
    }
    if (isMember(named, join, invitation)) {
      return new Step.Admit(); // it was let in, and whoever did that came no further
    }
    if (isOver) {
      return new Step.Expire();
    }
    if (join == null) {
      return new Step.Wait();
    }
    return problem(join, invitation, named).<Step>map(Step.Refuse::new).orElseGet(Step.Admit::new);
  }

  private static boolean isMember(
      @Nullable Member named, @Nullable Join join, Invitation invitation) {
    return named != null
        && join != null
        && named.name().equals(join.name())
        && named.standing() == Member.Standing.ACTIVE
        && named.sealing().equals(join.sealing())
        && named.by().equals(invitation.by());
  }

  /** What is wrong with an invitation as it was made; empty when it can stand until it expires. */
  public static Optional<String> problem(Invitation invitation, Instant now) {
    if (!ID.matcher(invitation.id()).matches()) {
      return Optional.of("the id of an invitation is 16 hexadecimal digits");
    }
    if (!isAccount(invitation.account())) {
      return Optional.of("the invitation holds no usable hash of a secret");
    }
    if (!invitation.name().isEmpty() && !isNodeName(invitation.name())) {
      return Optional.of(badName(invitation.name()));
    }
    if (invitation.tags().size() > MOST_TAGS) {
      return Optional.of("a node has at most " + MOST_TAGS + " tags");
    }
    Optional<String> odd = invitation.tags().stream().filter(tag -> !isTag(tag)).findFirst();
    if (odd.isPresent()) {
      return odd.map(tag -> "\"" + tag + "\" is no tag: letters, digits and . _ - after the first");
    }
    if (invitation.expires().isAfter(now.plus(LONGEST).plus(CLOCKS))) {
      return Optional.of("an invitation is valid for %d days at most".formatted(LONGEST.toDays()));
    }
    return Optional.empty();
  }

  /** What is wrong with what a guest asks for; empty when it can be let in. */
  public static Optional<String> problem(Join join, Invitation invitation, @Nullable Member named) {
    if (!isNodeName(join.name())) {
      return Optional.of(badName(join.name()));
    }
    if (!invitation.name().isEmpty() && !invitation.name().equals(join.name())) {
      return Optional.of("the invitation is for the node " + invitation.name() + " alone");
    }
    if (!isAccount(join.account())) {
      return Optional.of("the hash of the node's password is none");
    }
    if (join.sealing().isEmpty() || join.sealing().length() > LONGEST_SEALING) {
      return Optional.of("the node's sealing key is none");
    }
    return taken(join.name(), named);
  }

  /** Why that name cannot be had; empty when it can. */
  public static Optional<String> taken(String name, @Nullable Member named) {
    if (named == null) {
      return Optional.empty();
    }
    return switch (named.standing()) {
      case ACTIVE ->
          Optional.of(
              "there is a node %s already; choose another name, or retire that one"
                  .formatted(name));
      case REVOKED ->
          Optional.of("the node %s was revoked; its name is not used again".formatted(name));
      case RETIRED -> Optional.empty();
    };
  }

  /**
   * What a dismissal makes of a member; empty where it is about an earlier standing, or nothing
   * changes.
   */
  public static Optional<Member> dismissed(Member member, Dismissal dismissal, Instant now) {
    boolean isMeant =
        member.name().equals(dismissal.node()) && member.since().equals(dismissal.since());
    boolean isFurther = dismissal.standing().compareTo(member.standing()) > 0;
    return isMeant && isFurther
        ? Optional.of(
            new Member(
                member.name(),
                member.tags(),
                member.sealing(),
                dismissal.standing(),
                now,
                dismissal.by()))
        : Optional.empty();
  }

  /** Whether a node can have that name; no guest's, and none that stands for something else. */
  public static boolean isNodeName(String name) {
    return NODE.matcher(name).matches() && !name.startsWith(Invitation.guest(""));
  }

  /** Whether a node can be chosen by that. */
  public static boolean isTag(String tag) {
    return TAG.matcher(tag).matches();
  }

  private static boolean isAccount(AccountKey account) {
    return SALT.matcher(account.salt()).matches()
        && KEY.matcher(account.key()).matches()
        && account.rounds() > 0
        && account.rounds() <= MOST_ROUNDS;
  }

  private static String badName(String name) {
    String shown = name.length() <= 64 ? name : name.substring(0, 64) + "…";
    return "\"%s\" cannot be a node's name: 1 to 64 lower-case letters, digits, dots and hyphens, not beginning with guest-"
        .formatted(shown);
  }
}
