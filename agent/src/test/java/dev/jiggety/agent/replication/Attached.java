package dev.jiggety.agent.replication;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.AttachmentContent;
import dev.jiggety.agent.store.AttachmentWrite;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoredAttachment;
import dev.jiggety.agent.store.WriteOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Documents with attachments in a store, and what is left of them elsewhere. */
final class Attached {
  private Attached() {}

  /** Bytes that nothing can pack. */
  static byte[] bytes(int count, int seed) {
    var bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** An edit that leaves these attachments; those with null as content are kept. */
  static Revision put(
      DocumentStore store, String id, Optional<Revision> parent, Map<String, byte[]> contents) {
    var body = new JsonObject();
    body.addProperty("after", parent.map(Revision::toString).orElse("nothing"));
    var write = DocumentWrite.edit(id, body, parent);
    for (var entry : contents.entrySet()) {
      var name = entry.getKey();
      write =
          write.withAttachment(
              entry.getValue().length == 0 && parent.isPresent()
                  ? AttachmentWrite.keep(stored(store, id, parent.get(), name))
                  : AttachmentWrite.of(name, "text/html", AttachmentContent.of(entry.getValue())));
    }
    return ((WriteOutcome.Stored) store.put(write)).rev();
  }

  private static StoredAttachment stored(
      DocumentStore store, String id, Revision rev, String name) {
    return store.get(id, rev).orElseThrow().attachments().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** All leaves of a document with their attachments: type, revpos, digest of what is there. */
  static Map<String, String> leaves(DocumentStore store, String id) {
    var all = new TreeMap<String, String>();
    for (var leaf : store.leaves(id)) {
      var text = new StringBuilder(leaf.bodyText());
      for (var each : leaf.attachments()) {
        text.append('\n').append(each.name()).append(' ').append(each.contentType());
        text.append(" of ").append(each.revpos()).append(": ").append(each.digest());
        text.append(" = ").append(content(store, each));
      }
      all.put(leaf.rev().toString(), text.toString());
    }
    return all;
  }

  private static String content(DocumentStore store, StoredAttachment attachment) {
    try (var in = store.attachment(attachment.digest()).orElseThrow()) {
      return AttachmentContent.of(in.readAllBytes()).digest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files of attachments that are still under way beside a store. */
  static long partial(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".partial")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
