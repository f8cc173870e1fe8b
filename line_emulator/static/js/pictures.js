/**
 * Says which pictures may be loaded, and from where: those of this page always, those of the bot's own hosts through
 * this page, others only where the server allows them.
 */
export function ownPictures({ othersToo, hosts }) {
  return (url) => {
    if (typeof url !== "string") return null;
    const target = new URL(url, location.href);
    if (target.origin === location.origin || target.protocol === "data:") return target.href;
    if (target.protocol === "https:" && hosts.includes(target.host)) {
      return `/_/picture?url=${encodeURIComponent(target.href)}`;
    }
    return othersToo && target.protocol === "https:" ? target.href : null;
  };
}
