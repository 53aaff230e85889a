package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DepositDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.Ids;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.document.SealerDocument;
import dev.jiggety.document.SecretDocument;
import dev.jiggety.document.SecretsDocument;
import dev.jiggety.model.Deposit;
import dev.jiggety.model.Member;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.Sealer;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.SecretRepository;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sealed secrets beside the configuration, orders among the patches. */
final class CouchSecrets implements SecretRepository {
  private static final Logger LOG = System.getLogger(CouchSecrets.class.getName());

  private final HubDatabase config;
  private final HubDatabase patches;
  private final HubDatabase enrolment;

  CouchSecrets(Hub hub, DatabaseNames names) {
    this.config = hub.database(names.config());
    this.patches = hub.database(names.patches());
    this.enrolment = hub.database(names.enrolment());
  }

  @Override
  public List<Sealer> sealers(Trust trust) {
    List<DocumentRow> rows =
        Answers.value(
            config.allDocs(IdRange.startingWith(Ids.sealer(""))),
            config,
            "read the managers' keys");
    return rows.stream()
        .flatMap(row ->
            believed(SealerDocument.TYPE, row.document(), trust)
                .filter(it -> isSignedWith(row.document(), it.key()))
                .stream())
        .toList();
  }

  /** A manager speaks for its own key alone. */
  private static boolean isSignedWith(@Nullable JsonObject document, String keyId) {
    return document != null
        && document.get(Signatures.MEMBER) instanceof JsonObject signature
        && keyId.equals(signature.get("key").getAsString());
  }

  @Override
  public void order(Deposit deposit, SigningKey key) {
    if (!deposit.by().equals(key.trusted().name())) {
      throw new IllegalArgumentException(
          "the order says that it is by " + deposit.by() + ", the key is " + key.trusted().name());
    }
    JsonObject signed = Signatures.sign(DepositDocument.TYPE.write(deposit), key);
    Outcome<String> put = patches.put(signed);
    if (!put.isOk() && !(put instanceof Outcome.Unavailable<String>) && isThere(signed)) {
      return; // handed in before, and the answer was lost
    }
    Answers.value(put, patches, "hand in the order about " + deposit.secret());
  }

  private boolean isThere(JsonObject signed) {
    return Answers.find(patches, signed.get("_id").getAsString(), "read an order")
        .filter(found -> Contents.of(found).equals(Contents.of(signed)))
        .isPresent();
  }

  @Override
  public Optional<SecretIndex> index(Trust trust) {
    return Answers.find(config, Ids.secrets(), "read which secrets there are")
        .flatMap(document -> believed(SecretsDocument.TYPE, document, trust));
  }

  @Override
  public List<SealedSecret> secrets(Collection<String> names, Trust trust) {
    if (names.isEmpty()) {
      return List.of();
    }
    List<JsonObject> found =
        Answers.value(
            config.getAll(names.stream().map(Ids::secret).toList()), config, "read sealed secrets");
    return found.stream()
        .flatMap(document -> believed(SecretDocument.TYPE, document, trust).stream())
        .toList();
  }

  @Override
  public List<Member> members(Trust trust) {
    Outcome<List<DocumentRow>> rows = enrolment.allDocs(IdRange.startingWith("member:"));
    Stream<DocumentRow> found =
        rows instanceof Outcome.Missing<List<DocumentRow>>
            ? Stream.of()
            : Answers.value(rows, enrolment, "read who is enrolled").stream();
    return found
        .flatMap(row -> believed(MemberDocument.TYPE, row.document(), trust).stream())
        .toList();
  }

  private static <T> Optional<T> believed(
      DocumentType<T> type, @Nullable JsonObject document, Trust trust) {
    if (document == null) {
      return Optional.empty();
    }
    try {
      Signatures.check(document, trust, Role.MANAGER);
      return Optional.of(type.read(document));
    } catch (SignatureException | DocumentException e) {
      LOG.log(Level.DEBUG, "left out: {0}", e.getMessage());
      return Optional.empty();
    }
  }
}
