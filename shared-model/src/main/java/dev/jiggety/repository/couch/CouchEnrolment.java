package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.AdmissionDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DismissalDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.Ids;
import dev.jiggety.document.InvitationDocument;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Member;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Members and invitations in the database of the enrolment. */
final class CouchEnrolment implements EnrolmentRepository {
  private static final Logger LOG = System.getLogger(CouchEnrolment.class.getName());

  private final Hub hub;
  private final DatabaseNames names;
  private final HubDatabase enrolment;

  CouchEnrolment(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
    this.enrolment = hub.database(names.enrolment());
  }

  @Override
  public List<Member> members() {
    return all(MemberDocument.TYPE, Ids.member(""));
  }

  @Override
  public Optional<Member> member(String name) {
    return find(MemberDocument.TYPE, Ids.member(name));
  }

  @Override
  public List<Invited> invitations() {
    Map<String, Admission> admissions = new HashMap<>();
    all(AdmissionDocument.TYPE, Ids.admission(""))
        .forEach(it -> admissions.put(it.invitation(), it));
    return all(InvitationDocument.TYPE, Ids.invitation("")).stream()
        .sorted(Comparator.comparing(Invitation::created).thenComparing(Invitation::id))
        .map(it -> new Invited(it, Optional.ofNullable(admissions.get(it.id()))))
        .toList();
  }

  @Override
  public Optional<Admission> admission(String invitationId) {
    return find(AdmissionDocument.TYPE, Ids.admission(invitationId));
  }

  @Override
  public void invite(Invitation invitation, SigningKey key) {
    requireOwn(invitation.by(), key);
    once(
        Signatures.sign(InvitationDocument.TYPE.write(invitation), key),
        "hand in the invitation " + invitation.id());
  }

  @Override
  public void dismiss(Dismissal dismissal, SigningKey key) {
    requireOwn(dismissal.by(), key);
    once(
        Signatures.sign(DismissalDocument.TYPE.write(dismissal), key),
        "send the node " + dismissal.node() + " away");
  }

  private static void requireOwn(String by, SigningKey key) {
    if (!by.equals(key.trusted().name())) {
      throw new IllegalArgumentException(
          "it is by \"%s\" and the key by \"%s\"; sign with a key of your own"
              .formatted(by, key.trusted().name()));
    }
  }

  private void once(JsonObject document, String what) {
    if (!Once.put(enrolment, document, what)) {
      throw new HubException(
          HubException.Kind.REFUSED,
          "cannot %s: the hub %s has another one of that id; take another id"
              .formatted(what, hub.address()));
    }
  }

  private <T> Optional<T> find(DocumentType<T> type, String id) {
    return Answers.find(enrolment, id, "read " + id)
        .map(document -> Answers.read(type, document, enrolment));
  }

  private <T> List<T> all(DocumentType<T> type, String prefix) {
    List<T> all = new ArrayList<>();
    Outcome<Integer> read =
        enrolment.eachRow(
            IdRange.startingWith(prefix), row -> tell(type, row.document(), all::add));
    Answers.value(read, enrolment, "read each " + type.type());
    return all;
  }

  /** One that cannot be read is left out: it would otherwise hide all others. */
  private static <T> void tell(
      DocumentType<T> type, @Nullable JsonObject document, Consumer<T> consumer) {
    if (document == null) {
      return;
    }
    T value;
    try {
      value = type.read(document);
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "left out: {0}", e.getMessage());
      return;
    }
    consumer.accept(value);
  }

  @Override
  public HubFeed.Subscription follow(Listener listener) {
    var delivery = new Delivery<>(hub.address(), listener, Listener::connection, 1);
    var subject =
        new FeedPart.Subject(
            "enrolment",
            names::enrolment,
            new Sink(delivery),
            Duration.ZERO,
            ChangesFilter.NONE,
            true);
    return FeedPart.follow(hub, delivery, subject);
  }

  private record Sink(Delivery<Listener> delivery) implements FeedSink {
    @Override
    public Optional<Duration> retryMissing() {
      return Optional.empty();
    }

    @Override
    public Outcome<String> load(HubDatabase database, DatabaseInfo info) {
      return database
          .eachRow(IdRange.startingWith(""), row -> told(row.id(), row.document()))
          .map(count -> info.updateSeq());
    }

    @Override
    public void changed(Change change) {
      if (!change.deleted()) {
        told(change.id(), change.document());
      } else if (change.id().startsWith(Ids.invitation(""))) {
        String id = change.id().substring(Ids.invitation("").length());
        delivery.deliver(to -> to.forgotten(id));
      }
    }

    private void told(String id, @Nullable JsonObject document) {
      if (id.startsWith(Ids.member(""))) {
        tell(MemberDocument.TYPE, document, it -> delivery.deliver(to -> to.member(it)));
      } else if (id.startsWith(Ids.invitation(""))) {
        tell(InvitationDocument.TYPE, document, it -> delivery.deliver(to -> to.invitation(it)));
      } else if (id.startsWith(Ids.admission(""))) {
        tell(AdmissionDocument.TYPE, document, it -> delivery.deliver(to -> to.admission(it)));
      }
    }
  }
}
