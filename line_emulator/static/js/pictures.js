/** Says which pictures may be loaded: those of this page always, others only where the server allows them. */
export function ownPictures(othersToo) {
  return (url) => {
    if (typeof url !== "string") return null;
    const target = new URL(url, location.href);
    if (target.origin === location.origin || target.protocol === "data:") return target.href;
    return othersToo && target.protocol === "https:" ? target.href : null;
  };
}
