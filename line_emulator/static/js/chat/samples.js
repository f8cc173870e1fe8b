import { say } from "../language.js";

/** Things to send without having any at hand; each is made on the spot. */
export const PLACES = [
  { name: say("place.tokyo"), address: say("place.tokyo.address"), latitude: 35.6812, longitude: 139.7671 },
  { name: say("place.yokohama"), address: say("place.yokohama.address"), latitude: 35.4658, longitude: 139.6223 },
  { name: say("place.sapporo"), address: say("place.sapporo.address"), latitude: 43.0686, longitude: 141.3508 },
];

/** A picture drawn here, as base64: a photo needs no file and no network. */
export function samplePhoto(kind) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
  const pen = canvas.getContext("2d");
  const sky = pen.createLinearGradient(0, 0, 0, 480);
  sky.addColorStop(0, kind === "camera" ? "#f3c78b" : "#a8cdea");
  sky.addColorStop(1, "#f5f0e4");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 640, 480);
  drawHall(pen);
  return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
}

function drawHall(pen) {
  pen.fillStyle = "#5f7f6a";
  pen.fillRect(0, 390, 640, 90);
  pen.fillStyle = "#e9e4d8";
  pen.fillRect(150, 200, 340, 200);
  pen.fillStyle = "#7d8f9d";
  for (let place = 0; place < 18; place += 1) {
    pen.fillRect(172 + (place % 6) * 52, 222 + Math.floor(place / 6) * 56, 34, 36);
  }
  pen.fillStyle = "#0d6b4f";
  pen.fillRect(296, 120, 48, 80);
}

/** The bytes of a chosen file as base64. */
export function readBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

export const sampleFile = () => ({ name: "sample.txt", data: btoa("A sample file\n") });
