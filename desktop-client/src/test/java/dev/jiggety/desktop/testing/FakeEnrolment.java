package dev.jiggety.desktop.testing;

import dev.jiggety.model.Admission;
import dev.jiggety.model.Deposit;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Member;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.Sealer;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.SecretRepository;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Members, invitations and the secrets that members know, in memory. What is asked of the manager
 * waits until the test lets it answer. Thread-safe.
 */
public final class FakeEnrolment implements EnrolmentRepository {
  private final FakeHub hub;
  private final TrustedKey manager = SigningKey.generate("m1", TrustedKey.Role.MANAGER).trusted();
  private final Map<String, Member> members = new TreeMap<>();
  private final Map<String, Invitation> invitations = new TreeMap<>();
  private final Map<String, Admission> admissions = new TreeMap<>();
  private final List<Dismissal> dismissals = new ArrayList<>();
  private final Map<String, SealedSecret> secrets = new TreeMap<>();

  FakeEnrolment(FakeHub hub) {
    this.hub = hub;
  }

  /** Somebody is a member, or has another standing. */
  public synchronized void put(Member member) {
    members.put(member.name(), member);
  }

  /** A secret that nodes can open. */
  public synchronized void put(SealedSecret secret) {
    secrets.put(secret.name(), secret);
  }

  /** The last invitation that was handed in. */
  public synchronized Invitation invited() {
    return invitations.values().stream()
        .max((a, b) -> a.created().compareTo(b.created()))
        .orElseThrow();
  }

  /** The manager answers it. */
  public synchronized void answer(
      Invitation invitation, Admission.State state, String node, String reason, Instant at) {
    admissions.put(
        invitation.id(),
        new Admission(
            invitation.id(), state, node, invitation.tags(), reason, List.of(manager), at, "m1"));
    if (state == Admission.State.ADMITTED) {
      put(new Member(node, invitation.tags(), "", Member.Standing.ACTIVE, at, invitation.by()));
    }
  }

  /** What was ordered about members, oldest first. */
  public synchronized List<Dismissal> dismissals() {
    return List.copyOf(dismissals);
  }

  /** The manager does what was ordered. */
  public synchronized void carryOut(Instant at) {
    for (Dismissal each : dismissals) {
      Member member = members.get(each.node());
      put(
          new Member(
              member.name(), member.tags(), member.sealing(), each.standing(), at, each.by()));
    }
  }

  @Override
  public synchronized List<Member> members() {
    hub.refuseWhenAway();
    return List.copyOf(members.values());
  }

  @Override
  public synchronized Optional<Member> member(String name) {
    hub.refuseWhenAway();
    return Optional.ofNullable(members.get(name));
  }

  @Override
  public synchronized List<Invited> invitations() {
    hub.refuseWhenAway();
    return invitations.values().stream()
        .map(it -> new Invited(it, Optional.ofNullable(admissions.get(it.id()))))
        .toList();
  }

  @Override
  public synchronized Optional<Admission> admission(String invitationId) {
    hub.refuseWhenAway();
    return Optional.ofNullable(admissions.get(invitationId));
  }

  @Override
  public synchronized void invite(Invitation invitation, SigningKey key) {
    hub.refuseWhenAway();
    invitations.put(invitation.id(), invitation);
  }

  @Override
  public synchronized void dismiss(Dismissal dismissal, SigningKey key) {
    hub.refuseWhenAway();
    dismissals.add(dismissal);
  }

  @Override
  public HubFeed.Subscription follow(Listener listener) {
    throw new UnsupportedOperationException("the desktop asks");
  }

  /** The secrets as the desktop asks for them. */
  SecretRepository secrets() {
    return new SecretRepository() {
      @Override
      public List<Sealer> sealers(Trust trust) {
        throw new UnsupportedOperationException("the desktop sets no secrets");
      }

      @Override
      public void order(Deposit deposit, SigningKey key) {
        throw new UnsupportedOperationException("the desktop sets no secrets");
      }

      @Override
      public Optional<SecretIndex> index(Trust trust) {
        hub.refuseWhenAway();
        TreeMap<String, SecretIndex.Entry> entries = new TreeMap<>();
        secrets.keySet().forEach(name -> entries.put(name, new SecretIndex.Entry(1, 1)));
        return Optional.of(new SecretIndex(1, entries, new TreeMap<>()));
      }

      @Override
      public List<SealedSecret> secrets(Collection<String> names, Trust trust) {
        hub.refuseWhenAway();
        return new TreeSet<>(names).stream().map(secrets::get).toList();
      }

      @Override
      public List<Member> members(Trust trust) {
        return FakeEnrolment.this.members();
      }
    };
  }
}
