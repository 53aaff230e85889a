package dev.jiggety.agent.notify;

import dev.jiggety.model.Channel;
import dev.jiggety.model.Channel.Encryption;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Mail by SMTP, a connection for each message. Certificates are verified, and the name in them;
 * with STARTTLS nothing is said before it. The Message-ID is the same for every attempt, so that
 * one that was taken though nobody heard so is known again.
 */
final class MailTransport implements Transport {
  private final @Nullable SSLSocketFactory sockets;

  /** With the certificates that Java believes. */
  MailTransport() {
    this(null);
  }

  /** With those of a test. */
  MailTransport(@Nullable SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  @Override
  public Answer send(Delivery delivery, Message message) {
    Channel.Mail mail = (Channel.Mail) delivery.target();
    Properties properties = properties(mail, delivery.channel().timeout().toMillis());
    if (sockets != null) {
      properties.put("mail.smtp.ssl.socketFactory", sockets);
    }
    Session session = Session.getInstance(properties);
    try (SMTPTransport transport = (SMTPTransport) session.getTransport("smtp")) {
      transport.connect(mail.host(), mail.port(), mail.user(), mail.password());
      MimeMessage letter = letter(session, mail, message);
      transport.sendMessage(letter, letter.getAllRecipients());
      return new Answer.Taken(Lines.one(transport.getLastServerResponse()));
    } catch (MessagingException e) {
      return refusal(mail, e);
    }
  }

  private static Properties properties(Channel.Mail mail, long timeout) {
    Properties properties = new Properties();
    String millis = Long.toString(timeout);
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", Boolean.toString(mail.user() != null));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(mail.encryption() == Encryption.TLS));
    boolean upgrades = mail.encryption() == Encryption.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(upgrades));
    properties.put("mail.smtp.starttls.required", Boolean.toString(upgrades));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.quitwait", "false"); // it is taken, whatever is said good-bye
    return properties;
  }

  private static MimeMessage letter(Session session, Channel.Mail mail, Message message)
      throws MessagingException {
    String domain = mail.from().substring(mail.from().indexOf('@') + 1);
    MimeMessage letter =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + message.key() + "@" + domain + ">");
          }
        };
    letter.setFrom(new InternetAddress(mail.from()));
    for (String to : mail.to()) {
      letter.addRecipient(RecipientType.TO, new InternetAddress(to));
    }
    letter.setSubject(Lines.one(message.subject()), StandardCharsets.UTF_8.name());
    letter.setText(message.text(), StandardCharsets.UTF_8.name());
    letter.setSentDate(Date.from(Instant.now()));
    letter.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's absence answers
    letter.setHeader("X-Jiggety-Notice", message.id());
    letter.saveChanges();
    return letter;
  }

  /** What was said to one recipient counts only when nobody at all got it. */
  private static Answer refusal(Channel.Mail mail, MessagingException e) {
    String server = mail.host() + ":" + mail.port();
    if (e instanceof AuthenticationFailedException) {
      return new Answer.Later(
          server + " does not accept the user and password: " + Lines.one(e.getMessage()));
    }
    if (e instanceof SendFailedException failed && sent(failed.getValidSentAddresses())) {
      return new Answer.Taken("not to everybody: " + said(e));
    }
    int code = code(e);
    String why = server + ": " + said(e);
    return code >= 500 && code < 600 ? new Answer.Refused(why) : new Answer.Later(why);
  }

  private static boolean sent(Address @Nullable [] addresses) {
    return addresses != null && addresses.length > 0;
  }

  /** SMTP's three digits of the last thing that went wrong; 0 when it did not say any. */
  private static int code(MessagingException e) {
    int code = 0;
    for (Exception at = e; at instanceof MessagingException m; at = m.getNextException()) {
      int own =
          switch (m) {
            case SMTPSendFailedException failed -> failed.getReturnCode();
            case SMTPAddressFailedException failed -> failed.getReturnCode();
            case SMTPSenderFailedException failed -> failed.getReturnCode();
            default -> 0;
          };
      code = own == 0 ? code : own;
    }
    return code;
  }

  private static String said(MessagingException e) {
    if (e instanceof MailConnectException connecting) {
      Exception why = connecting.getNextException();
      return "no connection"
          + (why == null ? "" : ": " + Lines.one(String.valueOf(why.getMessage())));
    }
    StringBuilder said = new StringBuilder();
    Exception at = e;
    for (int i = 0; i < 5 && at != null; i++) {
      said.append(said.isEmpty() ? "" : "; ").append(Lines.one(String.valueOf(at.getMessage())));
      at = at instanceof MessagingException m ? m.getNextException() : null;
    }
    return Lines.one(said.toString());
  }
}
