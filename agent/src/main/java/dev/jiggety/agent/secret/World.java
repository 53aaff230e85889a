package dev.jiggety.agent.secret;

import com.google.gson.JsonObject;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.Ids;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.document.SealerDocument;
import dev.jiggety.document.SecretDocument;
import dev.jiggety.document.SecretsDocument;
import dev.jiggety.model.Member;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.Sealer;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * What a manager believes of what it heard: documents that a manager has signed, and no others.
 * Pure.
 *
 * @param secrets by name
 * @param signers by name of the secret, the id of the key that has signed it
 * @param index {@link SecretIndex#NONE} where there is none that is believed
 * @param indexSigner the id of the key that has signed it; empty for none
 * @param managers the sealing keys of managers, by the name of the recipient
 * @param members those whose sealing key is one
 * @param strangers a line for each document that is not believed
 */
record World(
    SortedMap<String, SealedSecret> secrets,
    Map<String, String> signers,
    SecretIndex index,
    String indexSigner,
    SortedMap<String, String> managers,
    List<Member> members,
    List<String> strangers) {

  /** Keys that were looked at: that a text is one is worth finding out once. */
  private static final Map<String, Boolean> KEYS = new ConcurrentHashMap<>();

  private static final int MOST_REMEMBERED = 10_000;

  static World of(SecretBoard.View view, Trust trust) {
    SortedMap<String, SealedSecret> secrets = new TreeMap<>();
    Map<String, String> signers = new TreeMap<>();
    SortedMap<String, String> managers = new TreeMap<>();
    List<Member> members = new ArrayList<>();
    List<String> strangers = new ArrayList<>();
    each(
        view.config(),
        Ids.secret(""),
        SecretDocument.TYPE,
        trust,
        strangers,
        (secret, by) -> {
          secrets.put(secret.name(), secret);
          signers.put(secret.name(), by.id());
        });
    each(
        view.config(),
        Ids.sealer(""),
        SealerDocument.TYPE,
        trust,
        strangers,
        (sealer, by) -> {
          if (sealer.key().equals(by.id()) && isKey(sealer)) {
            managers.put(SealedSecret.manager(by.id()), sealer.sealing());
          }
        });
    each(
        view.members(),
        "member:",
        MemberDocument.TYPE,
        trust,
        strangers,
        (member, _) -> {
          if (isKey(member.sealing())) {
            members.add(member);
          }
        });
    JsonObject index = view.config().get(Ids.secrets());
    Optional<Believed<SecretIndex>> believed =
        index == null ? Optional.empty() : believed(index, SecretsDocument.TYPE, trust, strangers);
    return new World(
        Collections.unmodifiableSortedMap(secrets),
        signers,
        believed.map(Believed::value).orElse(SecretIndex.NONE),
        believed.map(it -> it.by().id()).orElse(""),
        managers,
        members,
        strangers);
  }

  /** The same with the members that are not older than what was seen of them. */
  World with(SeenMembers seen) {
    List<String> said = new ArrayList<>(strangers);
    List<Member> newest = seen.newest(members, said);
    return new World(secrets, signers, index, indexSigner, managers, newest, said);
  }

  /** The highest version of all. */
  long highest() {
    return secrets.values().stream()
        .mapToLong(SealedSecret::version)
        .reduce(index.version(), Math::max);
  }

  private record Believed<T>(T value, TrustedKey by) {}

  private static <T> void each(
      SortedMap<String, JsonObject> documents,
      String prefix,
      DocumentType<T> type,
      Trust trust,
      List<String> strangers,
      BiConsumer<T, TrustedKey> taken) {
    documents.tailMap(prefix).entrySet().stream()
        .takeWhile(it -> it.getKey().startsWith(prefix))
        .forEach(it ->
            believed(it.getValue(), type, trust, strangers)
                .ifPresent(found -> taken.accept(found.value(), found.by())));
  }

  private static <T> Optional<Believed<T>> believed(
      JsonObject document, DocumentType<T> type, Trust trust, List<String> strangers) {
    try {
      TrustedKey by = Signatures.check(document, trust, Role.MANAGER);
      return Optional.of(new Believed<>(type.read(document), by));
    } catch (SignatureException | DocumentException e) {
      strangers.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean isKey(Sealer sealer) {
    return isKey(sealer.sealing());
  }

  private static boolean isKey(String sealing) {
    if (KEYS.size() > MOST_REMEMBERED) {
      KEYS.clear();
    }
    return KEYS.computeIfAbsent(
        sealing,
        it -> {
          try {
            SealingKey.seal(it, new byte[0], "");
            return true;
          } catch (IllegalArgumentException e) {
            return false;
          }
        });
  }

  /** The public halves of nodes of these names, by the name of the recipient. */
  Map<String, String> nodes(Set<String> names) {
    Map<String, String> nodes = new TreeMap<>();
    members.stream()
        .filter(it -> names.contains(it.name()))
        .forEach(it -> nodes.put(SealedSecret.node(it.name()), it.sealing()));
    return nodes;
  }
}
