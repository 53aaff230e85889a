package dev.jiggety.desktop.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.IncidentActDocument;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.rules.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said of incidents of one hub and has not reached it, in a file of its own, so that it
 * survives the end of the program. Safe for any thread; blocks.
 */
public final class ActsFile implements ActOutbox {
  private static final System.Logger LOG = System.getLogger(ActsFile.class.getName());
  private static final int NAME_DIGITS = 16;

  private final Path file;

  /**
   * The file of a person on a hub: nobody sends what somebody else has said.
   *
   * @param folder need not be there yet
   * @param hub the hub's address
   * @param user who is logged in there; empty where the hub asks nobody
   */
  public ActsFile(Path folder, String hub, String user) {
    String whose = user.isEmpty() ? hub : user + " " + hub;
    String name = Digests.content(whose).digest().substring(0, NAME_DIGITS);
    this.file = folder.resolve("said-" + name + ".json");
  }

  @Override
  public synchronized List<IncidentAct> read() {
    List<IncidentAct> acts = new ArrayList<>();
    try {
      for (JsonElement element : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
        read(element, acts);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | JsonParseException | IllegalStateException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be read: " + e);
      putAside();
    }
    return List.copyOf(acts);
  }

  /** One that cannot be read does not take the others with it. */
  private void read(JsonElement element, List<IncidentAct> into) {
    try {
      into.add(IncidentActDocument.TYPE.read(element.getAsJsonObject()));
    } catch (IllegalStateException | DocumentException e) {
      LOG.log(System.Logger.Level.WARNING, "an act in " + file + " cannot be read: " + e);
      putAside();
    }
  }

  /** It will be written over: what a person said there stays to be looked at. */
  private void putAside() {
    try {
      Files.copy(
          file,
          file.resolveSibling(file.getFileName() + ".broken"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be put aside: " + e);
    }
  }

  @Override
  public synchronized void write(List<IncidentAct> acts) {
    JsonArray all = new JsonArray();
    acts.forEach(act -> all.add(IncidentActDocument.TYPE.write(act)));
    try {
      if (acts.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        PrivateFiles.replace(file, all + "\n");
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be written: " + e);
    }
  }
}
